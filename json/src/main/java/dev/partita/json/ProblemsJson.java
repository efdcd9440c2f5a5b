package dev.partita.json;

import dev.partita.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Why a command could not do its work, as a document of {@code problems.schema.json}. */
public final class ProblemsJson {

    private ProblemsJson() {}

    /**
     * The document, over several lines.
     *
     * @param command which command it was
     * @param partita the version of partita
     */
    public static String of(String command, String partita, List<Problem> problems) {
        return Json.pretty(Envelope.of(
                command, Optional.empty(), partita, json -> json.objects("problems", problems, ProblemJson::write)));
    }
}
