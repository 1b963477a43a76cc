package health.setpoint.client.file;

/**
 * One thing that is wrong with a client's file, for the person who writes it.
 *
 * @param file name of the file
 * @param line counted from 1
 * @param field the member, such as {@code keys.jku}; empty for the file as a whole
 * @param why what to mend
 */
public record ClientFileFault(String file, int line, String field, String why) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + why;
    }
}
