package dev.partita.cli;

import dev.partita.check.Check;
import dev.partita.check.TableCheck;
import dev.partita.plan.Finding;
import dev.partita.plan.Severity;
import dev.partita.report.Look;
import dev.partita.report.ProblemText;
import dev.partita.report.Visible;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A check as a report of JUnit, which every CI server shows: a test for each table, a failure for what counts as one. */
final class CheckJunit {

    private final XMLStreamWriter xml;
    private final Severity failOn;

    private CheckJunit(XMLStreamWriter xml, Severity failOn) {
        this.xml = xml;
        this.failOn = failOn;
    }

    /**
     * The document.
     *
     * @param failOn such findings and worse ones are failures, the others are only printed
     */
    static String of(Check check, Severity failOn) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new CheckJunit(xml, failOn).write(check);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return text.append('\n').toString();
    }

    private void write(Check check) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "partita check");
        xml.writeAttribute("tests", Integer.toString(check.tables().size() + 1));
        xml.writeAttribute(
                "failures",
                Long.toString(check.tables().stream()
                                .filter(table -> !failures(table.findings()).isEmpty())
                                .count()
                        + (failures(check.findings()).isEmpty() ? 0 : 1)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("timestamp", check.now().toString());
        line();
        test("(database)", check.findings());
        for (TableCheck table : check.tables()) {
            test(table.name().toString(), table.findings());
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void test(String name, List<Finding> findings) throws XMLStreamException {
        List<Finding> failures = failures(findings);
        List<Finding> others =
                findings.stream().filter(finding -> !failures.contains(finding)).toList();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "partita.check");
        xml.writeAttribute("name", Visible.of(name));
        if (!failures.isEmpty()) {
            // A test may fail once only, so all of it is one failure.
            xml.writeStartElement("failure");
            xml.writeAttribute("type", failures.get(0).problem().code().name());
            xml.writeAttribute("message", Visible.of(failures.get(0).problem().message()));
            xml.writeCharacters(words(failures));
            xml.writeEndElement();
        }
        if (!others.isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(words(others));
            xml.writeEndElement();
        }
        xml.writeEndElement();
        line();
    }

    private List<Finding> failures(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity().compareTo(failOn) >= 0)
                .toList();
    }

    private static String words(List<Finding> findings) {
        return findings.stream()
                .map(finding -> ProblemText.of(finding.problem(), Look.PLAIN))
                .collect(Collectors.joining());
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
