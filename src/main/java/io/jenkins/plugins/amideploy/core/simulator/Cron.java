package io.jenkins.plugins.amideploy.core.simulator;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;

/**
 * A recurrence in the five fields that scheduled actions take: Amazon EC2 Auto Scaling User Guide, "Recurring schedules
 * and cron expressions" (minute, hour, day of month, month, day of week with Sunday as 0 or 7). Names of months and days
 * are not modelled.
 */
final class Cron {
    private static final int YEARS = 5;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean eitherDay;

    private Cron(String[] fields) {
        minutes = field(fields[0], 0, 59);
        hours = field(fields[1], 0, 23);
        days = field(fields[2], 1, 31);
        months = field(fields[3], 1, 12);
        weekdays = field(fields[4], 0, 7);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        eitherDay = !fields[2].equals("*") && !fields[4].equals("*");
    }

    static Cron of(String expression) {
        String[] fields = expression.trim().split("\\s+");
        if (fields.length != 5) {
            throw invalid(expression);
        }
        try {
            return new Cron(fields);
        } catch (IllegalArgumentException e) {
            throw invalid(expression);
        }
    }

    private static Rejection invalid(String expression) {
        return Rejection.validation("Given recurrence string:" + expression + " is invalid");
    }

    private static BitSet field(String field, int least, int most) {
        BitSet values = new BitSet();
        for (String part : field.split(",")) {
            String[] step = part.split("/", 2);
            String[] range = step[0].equals("*") ? new String[] {"" + least, "" + most} : step[0].split("-", 2);
            int from = Integer.parseInt(range[0]);
            int to = range.length == 2 ? Integer.parseInt(range[1]) : step.length == 2 ? most : from;
            int by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
            if (from < least || to > most || to < from || by < 1) {
                throw new IllegalArgumentException(part);
            }
            for (int value = from; value <= to; value += by) {
                values.set(value);
            }
        }
        return values;
    }

    /** The first time after an instant; nothing where there is none within five years. */
    Optional<Instant> next(Instant after, ZoneId zone) {
        ZonedDateTime time = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime last = time.plusYears(YEARS);
        while (time.isBefore(last)) {
            if (!dayMatches(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time.toInstant());
            }
        }
        return Optional.empty();
    }

    /** Where both days are given, either will do, as in every cron. */
    private boolean dayMatches(ZonedDateTime time) {
        boolean day = days.get(time.getDayOfMonth());
        boolean weekday = weekdays.get(time.getDayOfWeek().getValue() % 7);
        return months.get(time.getMonthValue()) && (eitherDay ? day || weekday : day && weekday);
    }
}
