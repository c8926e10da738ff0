package dev.agw.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.operations.CountOrShare;
import dev.agw.cli.operations.Deployment.Disruption;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 1, 1",
        "3, 1, 1",
        "7, 1, 1",
        "8, 25%, 2",
        "9, 25%, 3",
        "40, 25%, 10",
    })
    void letsOneGoOrAQuarterWhereThereAreMany(int replicas, String written, int allowed) {
        Budget budget = Budget.of(new Disruption(Optional.empty(), Optional.empty()), replicas);

        assertThat(budget.field()).isEqualTo("maxUnavailable");
        assertThat(budget.some()).hasToString(written);
        assertThat(budget.allowed(replicas)).isEqualTo(allowed);
    }

    /// https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages
    @ParameterizedTest
    @CsvSource({
        "minAvailable, 1, false, 1, 0",
        "minAvailable, 1, false, 10, 9",
        "minAvailable, 50, true, 7, 3",
        "minAvailable, 100, true, 5, 0",
        "minAvailable, 3, false, 2, 0",
        "maxUnavailable, 0, false, 5, 0",
        "maxUnavailable, 30, true, 7, 3",
        "maxUnavailable, 5, false, 3, 3",
        "maxUnavailable, 0, true, 9, 0",
    })
    void reckonsAsKubernetesDoes(String field, int number, boolean share, int pods, int allowed) {
        assertThat(new Budget(field, new CountOrShare(number, share)).allowed(pods))
                .isEqualTo(allowed);
    }
}
