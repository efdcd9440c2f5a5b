package dev.partita.yaml;

import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One YAML document as nodes: the core schema of YAML 1.2, where a region called NO is a text.
 *
 * <p>The events are looked through before any node is made, so that what could grow (aliases, tags, depth) never does.
 */
final class Document {

    private static final int DEEPEST = 32;

    private Document() {}

    /** The document's only node; empty when there is none, or faults say why it cannot be read. */
    static Optional<Node> of(String file, Source source, Faults faults) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new PlainCoreSchema())
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .setCodePointLimit(Source.MOST_BYTES)
                .build();
        try {
            look(new Parse(settings).parseString(source.text()), faults);
            return faults.none() ? new Compose(settings).composeString(source.text()) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            faults.add(
                    e.getProblemMark().or(e::getContextMark),
                    "",
                    unreadable("this is not YAML: " + sentence(e), "see indentation, quotes and brackets there"));
        } catch (ReaderException e) {
            faults.add(
                    Optional.empty(),
                    "",
                    unreadable(
                            "character " + (e.getPosition() + 1) + " of the file (U+"
                                    + String.format("%04X", e.getCodePoint()) + ") may not stand in YAML",
                            "take it out, or write it as an escape in double quotes"));
        } catch (YamlEngineException e) {
            faults.add(Optional.empty(), "", unreadable("this is not YAML: " + e.getMessage(), "see its syntax"));
        }
        return Optional.empty();
    }

    private static String sentence(MarkedYamlEngineException e) {
        return e.getContext() == null ? e.getProblem() : e.getContext() + ", " + e.getProblem();
    }

    private static void look(Iterable<Event> events, Faults faults) {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            if (event instanceof DocumentStartEvent && ++documents == 2) {
                refuse(
                        event,
                        "a second document begins here, and a file holds one",
                        "divide it into two files",
                        faults);
                return;
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                refuse(event, "this is more than " + DEEPEST + " levels deep", "a declaration needs a handful", faults);
                return;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof NodeEvent node) {
                look(node, faults);
            }
        }
    }

    private static void look(NodeEvent node, Faults faults) {
        if (node instanceof AliasEvent) {
            refuse(
                    node,
                    "aliases (*name) are not used here",
                    "write the value again, or put it under defaults",
                    faults);
        } else if (node.getAnchor().isPresent()) {
            refuse(node, "anchors (&name) are not used here", "leave the anchor out", faults);
        }
        Optional<String> tag = node instanceof ScalarEvent scalar
                ? scalar.getTag()
                : node instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
        tag.ifPresent(name -> refuse(
                node, "tags (" + name + ") are not used here", "leave the tag out; put a text in quotes", faults));
    }

    private static void refuse(Event event, String message, String wayOut, Faults faults) {
        faults.add(event.getStartMark(), "", unreadable(message, wayOut));
    }

    private static Problem unreadable(String message, String wayOut) {
        return Problem.of(ProblemCode.DECLARATION_UNREADABLE, "file", message, wayOut);
    }
}
