package io.jenkins.plugins.amideploy.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Who may be told what by the checks of a form, and what all of them have in common. */
public final class FormAccess {
    private FormAccess() {}

    /** Whether the user may see how the job is configured; without a job, how the controller is. */
    public static boolean mayRead(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }

    /** Whether the user may be told which credentials there are. */
    static boolean mayUseCredentials(Item item) {
        return mayRead(item) || item != null && item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /** As whom the job's builds run. */
    static Authentication authenticationOf(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    /** Whether a value holds a variable that only a build can resolve. */
    public static boolean variable(String value) {
        return value.contains("$");
    }

    static FormValidation check(Item item, String value, Pattern pattern, String complaint) {
        String text = Util.fixEmptyAndTrim(value);
        boolean good = text == null
                || variable(text)
                || !mayRead(item)
                || pattern.matcher(text).matches();
        return good ? FormValidation.ok() : FormValidation.error(complaint);
    }
}
