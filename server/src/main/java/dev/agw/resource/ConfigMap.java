package dev.agw.resource;

import dev.agw.schema.Doc;
import java.util.Map;

/// `ConfigMap` of v1.
@Doc("Texts for other resources to refer to, such as the certificates of an authority.")
public record ConfigMap(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("Texts.") Map<String, String> data,
        @Doc("Bytes, in base64.") Map<String, String> binaryData,

        @Doc(value = "Whether the cluster refuses changes. Nothing to agw.", byDefault = "false")
        boolean immutable)
        implements Resource {}
