package dev.agw;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the package table of ARCHITECTURE.md.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.agw");

    /// Package → the packages of ours it may import.
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("schema", List.of()),
            Map.entry("resource", List.of("schema")),
            Map.entry("settings", List.of("schema", "http")),
            Map.entry("http", List.of()),
            Map.entry("net", List.of("http")),
            Map.entry("http2", List.of("net", "http")),
            Map.entry("exchange", List.of("http")),
            Map.entry("telemetry", List.of("exchange", "net", "http")),
            Map.entry("downstream", List.of("telemetry", "exchange", "http2", "net", "http", "resource")),
            Map.entry("upstream", List.of("exchange", "telemetry", "http2", "net", "http", "resource")),
            Map.entry("balance", List.of("upstream", "exchange", "telemetry", "net", "http", "resource")),
            Map.entry("policy", List.of("upstream", "exchange", "telemetry", "net", "http", "resource")),
            Map.entry("llm", List.of("balance", "upstream", "exchange", "telemetry", "net", "http", "resource")),
            Map.entry(
                    "route",
                    List.of("policy", "balance", "upstream", "exchange", "telemetry", "net", "http", "resource")),
            Map.entry(
                    "proxy",
                    List.of(
                            "route",
                            "llm",
                            "policy",
                            "balance",
                            "upstream",
                            "exchange",
                            "telemetry",
                            "http",
                            "resource")),
            Map.entry("simulator", List.of("net", "http")));

    @TestFactory
    List<DynamicTest> everyPackageImportsOnlyWhatTheTableAllows() {
        List<DynamicTest> tests = new ArrayList<>();
        MAY_IMPORT.forEach((name, allowed) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            String[] reachable =
                    allowed.stream().map(p -> "dev.agw." + p + "..").toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.agw." + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.agw..")
                            .and(not(resideInAPackage("dev.agw." + name + "..")))
                            .and(not(resideInAnyPackage(reachable))))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        })));
        return tests;
    }

    @Test
    void everyPackageStandsInTheTable() {
        classes()
                .that(not(resideInAnyPackage("dev.agw.gateway..", "dev.agw.cli..")))
                .should()
                .resideInAnyPackage(MAY_IMPORT.keySet().stream()
                        .map(p -> "dev.agw." + p + "..")
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingDoes() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Base|Impl|Abstract\\w*)$")
                .check(CLASSES);
    }

    @Test
    void blockingCodeNeedsNoFuturesAndNoThreadLocals() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.agw.net.EventLoop") // tells a thread which loop runs it
                .and()
                .doNotHaveFullyQualifiedName("dev.agw.upstream.NameServerResolver") // its library answers so
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.CompletableFuture")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ThreadLocal")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /// `{0}` gives a port a thousands separator, and an apostrophe in the text around it turns it off.
    @Test
    void logMessagesAreWrittenOut() {
        noClasses()
                .should()
                .callMethod(System.Logger.class, "log", System.Logger.Level.class, String.class, Object[].class)
                .orShould()
                .callMethod(
                        System.Logger.class,
                        "log",
                        System.Logger.Level.class,
                        java.util.ResourceBundle.class,
                        String.class,
                        Object[].class)
                .check(CLASSES);
    }

    @Test
    void classesAreFinalOrSealed() {
        classes()
                .that(new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("are top-level classes") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.isTopLevelClass()
                                && !type.isInterface()
                                && !type.isEnum()
                                && !type.getSimpleName().equals("package-info")
                                && !type.reflect().isSealed();
                    }
                })
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(CLASSES);
    }
}
