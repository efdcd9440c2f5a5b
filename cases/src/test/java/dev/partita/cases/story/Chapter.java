package dev.partita.cases.story;

import dev.partita.cases.story.Section.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A scene and what partita makes of it.
 *
 * @param scene the sections that set it
 * @param told the expectations, in order
 */
record Chapter(List<Section> scene, List<Section> told) {

    static List<Chapter> of(Story story) {
        List<Chapter> chapters = new ArrayList<>();
        List<Section> scene = new ArrayList<>();
        List<Section> told = new ArrayList<>();
        for (Section section : story.sections()) {
            if (!section.kind().expectation() && !told.isEmpty()) {
                chapters.add(new Chapter(List.copyOf(scene), List.copyOf(told)));
                scene.clear();
                told.clear();
            }
            (section.kind().expectation() ? told : scene).add(section);
        }
        chapters.add(new Chapter(List.copyOf(scene), List.copyOf(told)));
        return chapters;
    }

    boolean tells(Kind kind) {
        return told.stream().anyMatch(section -> section.kind() == kind);
    }

    Optional<Section> scene(Kind kind) {
        return scene.stream().filter(section -> section.kind() == kind).findFirst();
    }
}
