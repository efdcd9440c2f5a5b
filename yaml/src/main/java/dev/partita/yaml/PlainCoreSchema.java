package dev.partita.yaml;

import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The core schema of YAML 1.2 without the merge keys of 1.1: {@code <<} is a text like others. */
final class PlainCoreSchema extends CoreSchema {

    private final ScalarResolver resolver = new CoreScalarResolver(false);

    @Override
    public ScalarResolver getScalarResolver() {
        return resolver;
    }
}
