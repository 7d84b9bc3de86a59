package io.jenkins.plugins.amideploy.page;

import io.jenkins.plugins.amideploy.core.deployment.Outcome;
import io.jenkins.plugins.amideploy.driver.Restore;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A restoration, as the page shows it. */
@Restricted(NoExternalUse.class)
public final class LeaseRestore {
    private final Restore restore;

    LeaseRestore(Restore restore) {
        this.restore = restore;
    }

    public String getTitle() {
        return Messages.LeaseRestore_title(restore.group(), restore.region());
    }

    public String getSince() {
        return LeaseRow.text(restore.since());
    }

    public boolean isRunning() {
        return restore.outcome().isEmpty();
    }

    public boolean isFailed() {
        return restore.outcome().filter(Outcome.Failed.class::isInstance).isPresent();
    }

    public String getStateText() {
        return isRunning()
                ? Messages.LeaseRestore_running()
                : isFailed() ? Messages.LeaseRestore_failed() : Messages.LeaseRestore_done();
    }

    /** What it has said, as in a console. */
    public String getLog() {
        return String.join("\n", restore.lines());
    }
}
