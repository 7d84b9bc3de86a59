package io.jenkins.plugins.amideploy.page;

import static io.jenkins.plugins.amideploy.page.Histories.START;
import static io.jenkins.plugins.amideploy.page.Histories.after;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.amideploy.core.deployment.Sight;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Seen;
import io.jenkins.plugins.amideploy.core.deployment.Sight.Side;
import io.jenkins.plugins.amideploy.core.deployment.Sight.State;
import io.jenkins.plugins.amideploy.core.history.History;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DrawingTest {
    private static Document draw(History history, Optional<History> plan, Instant until) throws Exception {
        String svg = Drawing.of("d1", history, plan, until).toString();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(Document svg, String tag, String classes) {
        List<Element> found = new ArrayList<>();
        NodeList all = svg.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (List.of(element.getAttribute("class").split(" ")).contains(classes)) {
                found.add(element);
            }
        }
        return found;
    }

    private static double right(Element bar) {
        return Double.parseDouble(bar.getAttribute("x")) + Double.parseDouble(bar.getAttribute("width"));
    }

    @Test
    void eachInstanceHasABarOfItsColour() throws Exception {
        Document svg = draw(Histories.replacing(4, 60).ended(240).history(), Optional.empty(), after(240));
        assertEquals(4, elements(svg, "rect", "ami-deploy-old").size());
        assertEquals(4, elements(svg, "rect", "ami-deploy-booting").size());
        assertEquals(3, elements(svg, "text", "ami-deploy-zone").size());
        assertEquals(1, elements(svg, "path", "ami-deploy-floor-line").size());
    }

    @Test
    void barsOfThoseThatStayReachThePresent() throws Exception {
        Document svg = draw(Histories.replacing(3, 60).history(), Optional.empty(), after(300));
        List<Element> serving = elements(svg, "rect", "ami-deploy-in-service").stream()
                .filter(bar -> bar.getAttribute("class").contains("ami-deploy-new"))
                .toList();
        assertEquals(3, serving.size());
        serving.forEach(bar -> assertEquals(990, right(bar), 0.2));
        assertEquals(1, elements(svg, "line", "ami-deploy-now").size());
    }

    @Test
    void aPlanThatTakesLongerLeavesRoomForWhatIsToCome() throws Exception {
        History plan = Histories.replacing(3, 200).ended(600).history();
        Document svg = draw(Histories.replacing(3, 60).history(), Optional.of(plan), after(300));
        double now = Double.parseDouble(
                elements(svg, "line", "ami-deploy-now").get(0).getAttribute("x1"));
        assertEquals((150 + 990) / 2.0, now, 0.2);
        assertEquals(1, elements(svg, "path", "ami-deploy-plan-line").size());
        assertEquals(1, elements(svg, "rect", "ami-deploy-planned").size());
    }

    @Test
    void itIsTitledAndDescribedForThoseWhoDoNotSeeIt() throws Exception {
        Element svg = draw(Histories.replacing(3, 60).ended(180).history(), Optional.empty(), after(180))
                .getDocumentElement();
        assertEquals("img", svg.getAttribute("role"));
        assertEquals("title-d1 desc-d1", svg.getAttribute("aria-labelledby"));
        String description = svg.getElementsByTagName("desc").item(0).getTextContent();
        assertTrue(description.contains("In service now: 3, of those 3 new"), description);
        assertTrue(description.contains("Never fewer than 3"), description);
    }

    @Test
    void nothingInATextIsMarkup() throws Exception {
        String evil = "</text><script>alert(1)</script>\"' onload=\"x";
        History history = new Histories()
                .tell(c -> c.entered(START, evil, false))
                .tell(c -> c.saw(START, Sight.all(1, 1, List.of(new Seen(evil, evil, Side.NEW, State.BOOTING, null)))))
                .history();
        String svg = Drawing.of("d1", history, Optional.empty(), after(60)).toString();
        assertFalse(svg.contains("<script"), svg);
        assertFalse(svg.contains("onload=\""), svg);
        assertEquals(
                1,
                elements(draw(history, Optional.empty(), after(60)), "rect", "ami-deploy-new")
                        .size());
    }

    @Test
    void aHugeGroupIsDrawnUpToALimit() throws Exception {
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            seen.add(new Seen("i-" + i, "eu-west-1a", Side.OLD, State.IN_SERVICE, null));
        }
        History history = new Histories()
                .tell(c -> c.saw(START, Sight.all(2_000, 2_000, seen)))
                .history();
        Drawing drawing = Drawing.of("d1", history, Optional.empty(), after(60));
        assertEquals(2_000 - 160, drawing.left());
        assertTrue(drawing.toString().length() < 60_000);
        assertEquals(2_000, InstanceRow.rows(history, new Texts(history)).size());
    }

    @Test
    void aHistoryThatHasBarelyBegunCanBeDrawn() throws Exception {
        History history = new Histories().tell(c -> c.entered(START, "", false)).history();
        assertTrue(elements(draw(history, Optional.empty(), START), "rect", "ami-deploy-phase")
                        .size()
                == 1);
        draw(History.of(""), Optional.empty(), START);
    }
}
