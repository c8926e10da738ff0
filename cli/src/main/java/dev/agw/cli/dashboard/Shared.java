package dev.agw.cli.dashboard;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.cli.render.Catalogue;
import dev.agw.cli.render.Watches;
import dev.agw.schema.Problem;
import java.util.List;

/// What all dashboards of a rendering share.
///
/// @param reading of the values, to find the line of one that turns out wrong
/// @param problems takes what is wrong
record Shared(Reading reading, Operations operations, Watches watches, Catalogue catalogue, List<Problem> problems) {}
