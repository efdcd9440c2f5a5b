package dev.partita.json;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes one document, property by property; streaming, because binding by reflection would cost a command half its time. */
final class Json {

    /** Numbers beyond 2^53 are written as text elsewhere; everything not ASCII as an escape. */
    static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final JsonGenerator generator;

    private Json(JsonGenerator generator) {
        this.generator = generator;
    }

    /** An object over several lines, ending with a newline. */
    static String pretty(Consumer<Json> properties) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        PrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return written(properties, new Layout(printer)) + "\n";
    }

    /** The same without a space: the form of which digests are taken. */
    static String compact(Consumer<Json> properties) {
        return written(properties, ObjectWriteContext.empty());
    }

    private static String written(Consumer<Json> properties, ObjectWriteContext layout) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(layout, text)) {
            generator.writeStartObject();
            properties.accept(new Json(generator));
            generator.writeEndObject();
        }
        return text.toString();
    }

    Json text(String name, Object value) {
        generator.writeStringProperty(name, value.toString());
        return this;
    }

    /** {@code null} where there is none, so that the property is always there. */
    Json text(String name, Optional<?> value) {
        @Nullable Object present = value.orElse(null);
        if (present == null) {
            generator.writeNullProperty(name);
        } else {
            text(name, present);
        }
        return this;
    }

    Json number(String name, long value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    Json flag(String name, boolean value) {
        generator.writeBooleanProperty(name, value);
        return this;
    }

    Json nothing(String name) {
        generator.writeNullProperty(name);
        return this;
    }

    Json object(String name, Consumer<Json> properties) {
        generator.writeObjectPropertyStart(name);
        properties.accept(this);
        generator.writeEndObject();
        return this;
    }

    Json texts(String name, Collection<? extends @Nullable Object> values) {
        generator.writeArrayPropertyStart(name);
        values.forEach(this::element);
        generator.writeEndArray();
        return this;
    }

    private void element(@Nullable Object value) {
        if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value.toString());
        }
    }

    <T> Json objects(String name, Collection<T> values, java.util.function.BiConsumer<Json, T> properties) {
        generator.writeArrayPropertyStart(name);
        for (T value : values) {
            generator.writeStartObject();
            properties.accept(this, value);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }

    /** Tells the generator how to lay out, and nothing else. */
    private static final class Layout extends ObjectWriteContext.Base {

        private final PrettyPrinter printer;

        Layout(PrettyPrinter printer) {
            this.printer = printer;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
