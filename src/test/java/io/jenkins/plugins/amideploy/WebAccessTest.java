package io.jenkins.plugins.amideploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.amideploy.config.AmiDeployConfiguration;
import io.jenkins.plugins.amideploy.fake.SimulatedRegion;
import io.jenkins.plugins.amideploy.freestyle.RollingAmiDeployBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Everything of this plugin that a browser can reach, and what it says to whom. What is new has to be added to the table
 * below, with a decision.
 */
@WithJenkins
@Timeout(1800)
class WebAccessTest {
    /**
     * Class, what it is, and its methods and views.
     *
     * <ul>
     *   <li>FORM: asked by the fields of a form, by POST. Of a job it tells those who may configure it, and of none the
     *       administrator; to readers it says nothing, and strangers do not get there.
     *   <li>ADMINISTRATORS: by POST, and refused to everybody else.
     *   <li>ADMINISTRATORS_PAGE: by GET, and refused to everybody else.
     *   <li>BUILD_PAGE: by GET, and told to those who may see the build.
     *   <li>FRAGMENT: a part of a page, nowhere to be had by itself.
     * </ul>
     */
    private static final String TABLE = """
            config.AmiDeployConfiguration ADMINISTRATORS doCheckEndpoint doTestConnection
            config.AmiDeployConfiguration FRAGMENT config.jelly
            config.AwsForm FORM doCheckCredentialsId doCheckRegion doCheckRoleArn doFillCredentialsIdItems
            config.AwsForm FORM doFillRegionItems
            config.AwsForm FRAGMENT access.jelly aws.jelly role.jelly
            config.BlueGreenForm FORM doCheckDesiredCapacity doCheckDnsRoleArn doCheckDrainQuiet doCheckDrainTimeout
            config.BlueGreenForm FORM doCheckGroup doCheckHostedZone doCheckInterval doCheckListener
            config.BlueGreenForm FORM doCheckLoadBalancer doCheckMaxSize doCheckMinSize doCheckPrewarm
            config.BlueGreenForm FORM doCheckRecordName doCheckSteps doFillHostedZoneItems doFillLoadBalancerItems
            config.BlueGreenForm FORM doFillModeItems doFillOnDrainTimeoutItems doFillOnFailureItems
            config.BlueGreenForm FORM doFillRecordNameItems
            config.BlueGreenForm FRAGMENT failure.jelly group.jelly role.jelly sides.jelly time.jelly traffic.jelly
            config.BlueVioletForm FORM doCheckBake doCheckDesiredCapacity doCheckGroup doCheckMaxSize
            config.BlueVioletForm FORM doCheckMinSize doFillKeepOldItems doFillOnFailureItems
            config.BlueVioletForm FRAGMENT failure.jelly group.jelly sides.jelly time.jelly
            config.BuildAmiForm FORM doCheckCommandTimeout doCheckCopyTo doCheckDeprecateAfter
            config.BuildAmiForm FORM doCheckDescription doCheckImageTimeout doCheckInstanceType doCheckKeep
            config.BuildAmiForm FORM doCheckKeepFor doCheckReadyTimeout doCheckRootVolumeSize doCheckRunTags
            config.BuildAmiForm FORM doCheckSecurityGroupIds doCheckShareWith doCheckShareWithOrganizations
            config.BuildAmiForm FORM doCheckSourceAmi doCheckSshFrom doCheckSshPort doCheckSubnetId
            config.BuildAmiForm FORM doCheckTags doCheckUserData doCheckWaitFor doFillAssociatePublicIpItems
            config.BuildAmiForm FORM doFillAwaitUserDataItems doFillHttpTokensItems doFillImdsSupportItems
            config.BuildAmiForm FORM doFillKeyNameItems doFillOnFailureItems doFillSecurityGroupIdsItems
            config.BuildAmiForm FORM doFillSourceAmiItems doFillSubnetIdItems doFillWaitForItems
            config.BuildAmiForm FRAGMENT image.jelly instance.jelly keeping.jelly main.jelly
            config.BuildAmiForm FRAGMENT provisioning.jelly
            config.CfnForm FORM doCheckAmi doCheckCapabilities doCheckCfnRoleArn doCheckMonitoringMinutes
            config.CfnForm FORM doCheckNotificationArns doCheckParameters doCheckRollbackAlarms doCheckStack
            config.CfnForm FORM doCheckTags doFillAmiItems doFillAmiParameterItems doFillOnMissingItems
            config.CfnForm FORM doFillStackItems
            config.CfnForm FRAGMENT change.jelly failure.jelly stack.jelly
            config.GroupForm FORM doCheckAlarms doCheckAmi doCheckGroup doCheckHealthTimeout doCheckWarmup
            config.GroupForm FORM doFillAmiItems doFillGroupItems
            config.ProcedureForm FORM doCheckTimeout
            config.RestoreForm FORM doCheckGroup doFillGroupItems
            config.RollingForm FORM doCheckBatchSize doCheckCheckpoints doCheckMinHealthyPercentage
            config.RollingForm FORM doFillOnFailureItems doFillScaleInProtectedItems doFillStandbyItems
            config.RollingForm FRAGMENT failure.jelly instances.jelly replacement.jelly time.jelly
            pipeline.DeploymentStepDescriptor FRAGMENT getRequiredContext
            page.DeploymentBadge FRAGMENT badge.jelly
            page.DeploymentPage BUILD_PAGE doLive getRun index.jelly live.jelly
            page.DeploymentPage FRAGMENT getShown action.jelly list.jelly summary.jelly
            page.LeasesLink ADMINISTRATORS doRestore
            page.LeasesLink ADMINISTRATORS_PAGE index.jelly renewed.jelly confirm.jelly
            page.LeasesLink FRAGMENT getBoard getAsked getTarget _board.jelly
            """;

    private static final String MAIN = "io.jenkins.plugins.amideploy.";
    private static final Path VIEWS = Path.of("src/main/resources/io/jenkins/plugins/amideploy");
    private static final Path CLASSES = Path.of("target/classes/io/jenkins/plugins/amideploy");
    private static final String SECRET = "secret-id";

    private enum Kind {
        FORM,
        ADMINISTRATORS,
        ADMINISTRATORS_PAGE,
        BUILD_PAGE,
        FRAGMENT
    }

    private enum Who {
        STRANGER,
        READER,
        CONFIGURER,
        ADMINISTRATOR
    }

    private enum Answer {
        REFUSED,
        NOTHING,
        TOLD
    }

    private JenkinsRule jenkins;
    private final Map<Who, JenkinsRule.WebClient> clients = new EnumMap<>(Who.class);

    @BeforeEach
    void letUsersIn(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SimulatedRegion.begin();
        AmiDeployConfiguration.get().setRegion(SimulatedRegion.NAME);
        deployOnce(jenkins.createFreeStyleProject("job"));
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(), new AWSCredentialsImpl(CredentialsScope.GLOBAL, SECRET, "AKIA", "x", ""));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
        for (Who who : Who.values()) {
            JenkinsRule.WebClient client = jenkins.createWebClient();
            if (who != Who.STRANGER) {
                client.login(who.name().toLowerCase(Locale.ROOT));
            }
            client.setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setJavaScriptEnabled(false);
            clients.put(who, client);
        }
    }

    /** Lets the job have a build with a deployment. */
    private void deployOnce(FreeStyleProject job) throws Exception {
        SimulatedRegion.createGroup("web", 2);
        RollingAmiDeployBuilder plan = new RollingAmiDeployBuilder("web", SimulatedRegion.goodImage());
        plan.plan = true;
        job.getBuildersList().add(plan);
        jenkins.buildAndAssertSuccess(job);
    }

    @AfterEach
    void closeClients() {
        clients.values().forEach(JenkinsRule.WebClient::close);
    }

    private static Map<String, Kind> table() {
        Map<String, Kind> table = new TreeMap<>();
        TABLE.lines().forEach(line -> {
            String[] words = line.split(" ");
            Arrays.stream(words).skip(2).forEach(what -> table.put(words[0] + " " + what, Kind.valueOf(words[1])));
        });
        return table;
    }

    /** The classes that Stapler may meet on its way: descriptors, actions and links, and what their forms have in common. */
    private static List<Class<?>> reachable() throws IOException {
        List<Class<?>> reachable = new ArrayList<>();
        for (Class<?> type : classes()) {
            boolean object = Descriptor.class.isAssignableFrom(type) || Action.class.isAssignableFrom(type);
            boolean asksTheRequest = Arrays.stream(type.getDeclaredMethods()).anyMatch(WebAccessTest::answers);
            if (object || asksTheRequest) {
                reachable.add(type);
            }
        }
        return reachable;
    }

    private static List<Class<?>> classes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<Class<?>> classes = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = CLASSES.relativize(file).toString().replace('/', '.');
                if (!name.endsWith("package-info.class")) {
                    classes.add(load(MAIN + name.substring(0, name.length() - ".class".length())));
                }
            }
            return classes;
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Jenkins.get().getPluginManager().uberClassLoader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Whether Stapler takes it for one that answers a request (Stapler Reference, "URL binding"). */
    private static boolean answers(Method method) {
        boolean web = method.getName().matches("(do|js)[A-Z].*|getDynamic")
                || Arrays.stream(method.getAnnotations())
                        .map(annotation -> annotation.annotationType().getName())
                        .anyMatch(name -> name.startsWith("org.kohsuke.stapler.verb.")
                                || name.matches("org\\.kohsuke\\.stapler\\.(WebMethod|interceptor\\..*|bind\\..*)"));
        return web && Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
    }

    /** Whether Stapler may go on from what it returns. */
    private static boolean leadsOn(Method method) {
        Class<?> type = method.getReturnType();
        boolean plain = type.isPrimitive()
                || type.isEnum()
                || Set.of(String.class, Boolean.class, Integer.class, Long.class, Class.class)
                        .contains(type);
        return method.getName().matches("get[A-Z].*")
                && !plain
                && Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && method.getParameterCount() <= 1;
    }

    private static Set<String> found() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Class<?> type : reachable()) {
            String name = type.getName().substring(MAIN.length());
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> answers(method) || leadsOn(method))
                    .forEach(method -> found.add(name + " " + method.getName()));
            Path views = VIEWS.resolve(name.replace('.', '/').replace('$', '/'));
            if (Files.isDirectory(views)) {
                try (Stream<Path> files = Files.list(views)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(file -> file.matches(".*\\.(jelly|groovy)"))
                            .forEach(file -> found.add(name + " " + file));
                }
            }
        }
        return found;
    }

    @Test
    void everythingThatABrowserReachesIsInTheTable() throws Exception {
        assertEquals(String.join("\n", table().keySet()), String.join("\n", found()));
    }

    private WebResponse ask(Who who, HttpMethod verb, String path) throws Exception {
        JenkinsRule.WebClient client = clients.get(who);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), verb);
        if (verb == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.loadWebResponse(request); // nothing is parsed, and nobody is sent on to log in
    }

    private Answer answer(Who who, HttpMethod verb, String path) throws Exception {
        WebResponse response = ask(who, verb, path);
        if (response.getStatusCode() >= 400) {
            return Answer.REFUSED;
        }
        String text = response.getContentAsString().strip();
        boolean empty = text.isEmpty()
                || text.equals("<div/>")
                || text.matches("\\(?\\[]\\)?")
                || text.matches("(?s)\\{[^\\[]*\"values\":\\[(\\{[^{}]*\"value\":\"\"[^{}]*})?].*");
        return empty ? Answer.NOTHING : Answer.TOLD;
    }

    /** Where the descriptors are that have that method, or inherit it. */
    private static List<String> descriptors(String type) {
        Class<?> declaring = load(MAIN + type);
        List<String> found = new ArrayList<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (declaring.isInstance(descriptor)) {
                found.add("descriptorByName/" + descriptor.getId() + "/");
            }
        }
        return found;
    }

    private static String method(String name) {
        return Character.toLowerCase(name.charAt(2)) + name.substring(3) + "?value=%C3%A4";
    }

    private List<String> rows(Kind kind) {
        return table().entrySet().stream()
                .filter(row -> row.getValue() == kind)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void fieldsOfFormsTellThoseWhoMayConfigure() throws Exception {
        List<String> wrong = new ArrayList<>();
        Set<String> told = new TreeSet<>();
        for (String row : rows(Kind.FORM)) {
            String name = row.split(" ")[1];
            List<String> descriptors = descriptors(row.split(" ")[0]);
            assertTrue(!descriptors.isEmpty(), row);
            for (String descriptor : descriptors) {
                String ofJob = "job/job/" + descriptor + method(name);
                String ofNone = descriptor + method(name);
                expect(wrong, Answer.REFUSED, Who.ADMINISTRATOR, HttpMethod.GET, ofJob);
                expect(wrong, Answer.REFUSED, Who.STRANGER, HttpMethod.POST, ofJob);
                expect(wrong, Answer.REFUSED, Who.STRANGER, HttpMethod.POST, ofNone);
                expect(wrong, Answer.NOTHING, Who.READER, HttpMethod.POST, ofJob);
                expect(wrong, Answer.NOTHING, Who.READER, HttpMethod.POST, ofNone);
                expect(wrong, Answer.NOTHING, Who.CONFIGURER, HttpMethod.POST, ofNone);
                Answer toConfigurer = answer(Who.CONFIGURER, HttpMethod.POST, ofJob);
                expect(wrong, toConfigurer, Who.ADMINISTRATOR, HttpMethod.POST, ofJob);
                if (toConfigurer == Answer.REFUSED) {
                    wrong.add("CONFIGURER is refused " + ofJob);
                } else if (toConfigurer == Answer.TOLD) {
                    told.add(name);
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(told.containsAll(Set.of("doFillCredentialsIdItems", "doCheckAmi", "doCheckRegion")), told::toString);
    }

    private void expect(List<String> wrong, Answer expected, Who who, HttpMethod verb, String path) throws Exception {
        Answer answer = answer(who, verb, path);
        if (answer != expected) {
            wrong.add(who + " is answered " + answer + " instead of " + expected + " by " + verb + " " + path);
        }
    }

    /** Where a row of a configuration or of a link is found. */
    private static String place(String row) {
        String type = row.split(" ")[0];
        return switch (type) {
            case "page.LeasesLink" -> "manage/ami-deploy-leases/";
            case "page.DeploymentPage" -> "job/job/1/ami-deploy/";
            case "page.DeploymentBadge" -> "job/job/1/";
            default -> descriptors(type).get(0);
        };
    }

    @Test
    void whatAdministratorsDoIsRefusedToOthers() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String row : rows(Kind.ADMINISTRATORS)) {
            String path = place(row) + method(row.split(" ")[1]) + "&region=%C3%A4&group=x&deployment=x";
            for (Who who : List.of(Who.STRANGER, Who.READER, Who.CONFIGURER)) {
                expect(wrong, Answer.REFUSED, who, HttpMethod.POST, path);
            }
            expect(wrong, Answer.REFUSED, Who.ADMINISTRATOR, HttpMethod.GET, path);
            // Refused for what it is about, or answered: not for who asks.
            int status = ask(Who.ADMINISTRATOR, HttpMethod.POST, path).getStatusCode();
            if (status != 200 && status != 400) {
                wrong.add("ADMINISTRATOR is answered " + status + " by POST " + path);
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void pagesOfAdministratorsAreRefusedToOthers() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String row : rows(Kind.ADMINISTRATORS_PAGE)) {
            String path = place(row) + row.split(" ")[1].replace(".jelly", "").replace("index", "");
            for (Who who : List.of(Who.STRANGER, Who.READER, Who.CONFIGURER)) {
                expect(wrong, Answer.REFUSED, who, HttpMethod.GET, path);
            }
            expect(wrong, Answer.TOLD, Who.ADMINISTRATOR, HttpMethod.GET, path);
        }
        assertEquals("", String.join("\n", wrong));
    }

    /** How a view, a getter or a method is called in a URL. */
    private static String token(String row) {
        String name = row.split(" ")[1].replace(".jelly", "").replace("index", "");
        return name.matches("(get|do)[A-Z].*")
                ? Character.toLowerCase(name.charAt(name.startsWith("get") ? 3 : 2))
                        + name.substring(name.startsWith("get") ? 4 : 3)
                : name;
    }

    @Test
    void pagesOfABuildAreForThoseWhoMaySeeIt() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String row : rows(Kind.BUILD_PAGE)) {
            String path = place(row) + token(row);
            expect(wrong, Answer.REFUSED, Who.STRANGER, HttpMethod.GET, path);
            for (Who who : List.of(Who.READER, Who.CONFIGURER, Who.ADMINISTRATOR)) {
                expect(wrong, Answer.TOLD, who, HttpMethod.GET, path);
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void fragmentsAreNotToBeHadByThemselves() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String row : rows(Kind.FRAGMENT)) {
            String type = row.split(" ")[0];
            List<String> places = type.startsWith("page.") ? List.of(place(row)) : descriptors(type);
            for (String place : places) {
                expect(wrong, Answer.REFUSED, Who.ADMINISTRATOR, HttpMethod.GET, place + token(row));
            }
        }
        assertEquals("", String.join("\n", wrong));
    }
}
