package dev.agw.cli.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The API of Kubernetes as its own classes have it: types are checked while an object is read, and what no class knows
/// lands in its additional properties.
final class StrictModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OURS = "io.fabric8.";
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    ServiceAccount.class,
                    Role.class,
                    RoleBinding.class,
                    ClusterRole.class,
                    ClusterRoleBinding.class,
                    ConfigMap.class,
                    Service.class,
                    Deployment.class,
                    HorizontalPodAutoscaler.class,
                    PodDisruptionBudget.class,
                    NetworkPolicy.class,
                    PodMonitor.class,
                    ServiceMonitor.class)
            .collect(Collectors.toMap(Class::getSimpleName, kind -> kind));

    private StrictModel() {}

    /// The object as its class reads it.
    static HasMetadata read(Map<String, Object> object) {
        Class<? extends HasMetadata> kind = Optional.ofNullable(KINDS.get(object.get("kind")))
                .orElseThrow(() -> new IllegalArgumentException("no class for " + object.get("kind")));
        return JSON.convertValue(object, kind);
    }

    /// The object as its class writes it.
    static JsonNode written(HasMetadata object) {
        return reread(object);
    }

    static JsonNode tree(Map<String, Object> object) {
        return reread(object);
    }

    /// By way of text, as trees tell an int from a long.
    private static JsonNode reread(Object value) {
        try {
            return JSON.readTree(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Fields that the API does not have, each with its place.
    static List<String> unknown(HasMetadata object) {
        List<String> unknown = new ArrayList<>();
        look(object.getKind(), object, unknown);
        return unknown;
    }

    private static void look(String path, Object value, List<String> unknown) {
        if (value instanceof Collection<?> list) {
            list.forEach(item -> look(path + "[]", item, unknown));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> look(path + "." + key, inner, unknown));
        } else if (value.getClass().getName().startsWith(OURS)) {
            fields(value.getClass()).forEach(field -> look(path, field, value, unknown));
        }
    }

    private static void look(String path, Field field, Object owner, List<String> unknown) {
        Optional<Object> value = value(field, owner);
        if (!field.getName().equals("additionalProperties")) {
            value.ifPresent(some -> look(path + "." + field.getName(), some, unknown));
        } else if (value.isPresent() && value.get() instanceof Map<?, ?> more) {
            more.keySet().forEach(key -> unknown.add(path + "." + key));
        }
    }

    private static Stream<Field> fields(Class<?> type) {
        return Stream.of(type.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers()));
    }

    private static Optional<Object> value(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return Optional.ofNullable(field.get(owner));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
