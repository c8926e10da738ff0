package dev.agw.cli.sizing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.cli.load.Figures;
import dev.agw.cli.load.Table;
import dev.agw.cli.operations.Operations;
import java.util.Locale;

/// A sizing in its three forms.
///
/// @param values what is kept of the file of values, or its defaults
public record SizingText(Sizing sizing, Operations values) {
    private static final double NOTEWORTHY = 0.2;

    /// For people.
    public String table() {
        Table table = new Table().row("CONSTRAINT", "FORMULA", "REPLICAS", "BINDING");
        for (Constraint constraint : sizing.constraints()) {
            table.row(
                    constraint.name(),
                    constraint.formula(),
                    Integer.toString(constraint.replicas()),
                    sizing.binds(constraint) ? "yes" : "");
        }
        return table + "\n" + findings() + "\n" + confidence() + "\n" + yaml() + "---\n" + autoscaler();
    }

    private Table findings() {
        Inputs inputs = sizing.inputs();
        return new Table()
                .row("replicas", "%d at peak; HPA from %d to %d".formatted(sizing.peak(), sizing.min(), sizing.max()))
                .row("autoscaler", sizing.scaling().text(sizing.min()))
                .row("in flight", inFlight())
                .row("provider", provider())
                .row(
                        "drain",
                        "%s of those in flight run longer than %s (%s): about %s per replica that ends"
                                .formatted(
                                        sizing.lostShare().text(Figures::percent),
                                        inputs.text(Input.DRAIN),
                                        inputs.durations().origin(),
                                        Figures.plain(sizing.lostPerRestart())))
                .row(
                        "grace",
                        "%s + %s + 5 s = %d s"
                                .formatted(inputs.text(Input.PRE_STOP), inputs.text(Input.DRAIN), sizing.grace()))
                .row("CPU target", target())
                .row(
                        "rollout",
                        "about %s; up to %d replicas more while others drain"
                                .formatted(Figures.seconds(sizing.rolloutSeconds()), sizing.drainingExtra()));
    }

    private String inFlight() {
        Inputs inputs = sizing.inputs();
        double counted = inputs.get(Input.IN_FLIGHT);
        String text = "%s/s x %s = %s"
                .formatted(inputs.text(Input.RATE), inputs.text(Input.TIME), Figures.plain(sizing.inFlight()));
        boolean off = Math.abs(counted - sizing.inFlight()) > NOTEWORTHY * sizing.inFlight();
        return inputs.reading(Input.IN_FLIGHT).source() == Inputs.Source.DERIVED
                ? text
                : text + "; counted: " + Figures.plain(counted)
                        + (off ? ", which is not the same: rate and time may be of different moments" : "");
    }

    private String provider() {
        double most = sizing.providerRate();
        double rate = sizing.inputs().get(Input.RATE);
        if (Double.isInfinite(most)) {
            return "no quota known";
        }
        String text = "%s tokens/min / (60 x %s) = %s requests/s"
                .formatted(
                        sizing.inputs().text(Input.PROVIDER_TPM),
                        sizing.inputs().text(Input.TOKENS_PER_REQUEST),
                        Figures.plain(most));
        return rate > most
                ? text + ": provider quota binds; more replicas will not help"
                : text + ": binds at %+.0f %%".formatted((most / rate - 1) * 100);
    }

    private String target() {
        String highest = Figures.percent(sizing.highestTarget());
        return sizing.target() < sizing.inputs().get(Input.CPU_TARGET)
                ? highest + ", not " + sizing.inputs().text(Input.CPU_TARGET) + ": the load grows while replicas start"
                : sizing.inputs().text(Input.CPU_TARGET) + " (at most " + highest + " leaves time to scale)";
    }

    private Table confidence() {
        Table table = new Table().row("INPUT", "VALUE", "FROM");
        for (Input input : Input.values()) {
            table.row(
                    input.meaning(),
                    sizing.inputs().text(input),
                    sizing.inputs().reading(input).source().text());
        }
        return table;
    }

    /// A fragment of the file of values.
    public String yaml() {
        return new SizingYaml(sizing, values).fragment();
    }

    /// The autoscaler that the fragment stands for.
    public String autoscaler() {
        return new SizingYaml(sizing, values).autoscaler();
    }

    /// For programs.
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("schemaVersion", 1)
                .put("replicas", sizing.peak())
                .put("minReplicas", sizing.min())
                .put("maxReplicas", sizing.max())
                .put("inFlight", sizing.inFlight())
                .put("lostShare", sizing.lostShare().likely())
                .put("lostPerRestart", sizing.lostPerRestart())
                .put("terminationGracePeriodSeconds", sizing.grace())
                .put("cpuTarget", sizing.target())
                .put("rolloutSeconds", sizing.rolloutSeconds());
        if (!Double.isInfinite(sizing.providerRate())) {
            json.put("providerRate", sizing.providerRate());
        }
        ArrayNode constraints = json.putArray("constraints");
        for (Constraint constraint : sizing.constraints()) {
            constraints
                    .addObject()
                    .put("name", constraint.name())
                    .put("formula", constraint.formula())
                    .put("replicas", constraint.replicas())
                    .put("binding", sizing.binds(constraint));
        }
        inputs(json.putObject("inputs"));
        return json.toPrettyString() + "\n";
    }

    private void inputs(ObjectNode json) {
        for (Input input : Input.values()) {
            Inputs.Reading reading = sizing.inputs().reading(input);
            ObjectNode one = json.putObject(input.name().toLowerCase(Locale.ROOT));
            one.put("from", reading.source().name().toLowerCase(Locale.ROOT));
            if (!Double.isInfinite(reading.value())) {
                one.put("value", reading.value());
            }
        }
    }
}
