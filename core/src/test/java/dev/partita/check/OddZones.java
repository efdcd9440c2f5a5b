package dev.partita.check;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Zones that only this Java knows, as if it were newer or older than the server. */
final class OddZones extends ZoneRulesProvider {

    /** What the server takes for a rule of its own: an hour ahead of UTC, all year. */
    static final String ELSE_ON_THE_SERVER = "Partita/Odd-1";

    static final String NOT_ON_THE_SERVER = "Partita/Unheard";

    private static final Map<String, ZoneRules> RULES = Map.of(
            ELSE_ON_THE_SERVER, since2000(ZoneOffset.ofHoursMinutes(1, 17)),
            NOT_ON_THE_SERVER, since2000(ZoneOffset.ofHoursMinutes(2, 43)));

    private static ZoneRules since2000(ZoneOffset offset) {
        List<ZoneOffsetTransition> change =
                List.of(ZoneOffsetTransition.of(LocalDateTime.of(2000, 1, 1, 0, 0), ZoneOffset.UTC, offset));
        return ZoneRules.of(ZoneOffset.UTC, ZoneOffset.UTC, change, change, List.of());
    }

    /** Known from here on, until the end of this Java. */
    static synchronized void know() {
        if (!ZoneId.getAvailableZoneIds().contains(NOT_ON_THE_SERVER)) {
            ZoneRulesProvider.registerProvider(new OddZones());
        }
    }

    @Override
    protected Set<String> provideZoneIds() {
        return RULES.keySet();
    }

    @Override
    protected ZoneRules provideRules(String zone, boolean forCaching) {
        ZoneRules rules = RULES.get(zone);
        if (rules == null) {
            throw new ZoneRulesException(zone);
        }
        return rules;
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
        return new TreeMap<>(Map.of("odd", provideRules(zone, false)));
    }
}
