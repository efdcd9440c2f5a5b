package dev.partita.yaml;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Any value as an indented text, a component a line; what is empty is left out. */
final class Outline {

    private Outline() {}

    static String of(Object value) {
        return text(value, "").stripTrailing() + "\n";
    }

    private static String text(Object value, String indent) {
        if (value instanceof Optional<?> optional) {
            return optional.map(inner -> text(inner, indent)).orElse("");
        }
        if (value instanceof Collection<?> items) {
            StringBuilder text = new StringBuilder();
            items.forEach(item -> text.append("\n").append(indent).append("- ").append(text(item, indent + "  ")));
            return text.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "" : map.toString();
        }
        boolean plain = !value.getClass().isRecord()
                || !value.getClass().getPackageName().equals("dev.partita.declaration")
                        && !(value instanceof PartitaFile);
        return plain ? String.valueOf(value) : record((Record) value, indent);
    }

    private static String record(Record value, String indent) {
        StringBuilder text = new StringBuilder(value.getClass().getSimpleName());
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            String inner = text(component(value, component), indent + "  ");
            if (!inner.isEmpty()) {
                text.append("\n")
                        .append(indent)
                        .append("  ")
                        .append(component.getName())
                        .append(": ")
                        .append(inner);
            }
        }
        return text.toString();
    }

    private static Object component(Record value, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
