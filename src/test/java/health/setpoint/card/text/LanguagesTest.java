package health.setpoint.card.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardSamples;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.card.suggestion.CardStyle;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.RuleId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LanguagesTest {

    private static final List<Texts> ALL = Texts.all();
    private static final Texts ENGLISH = ALL.get(0);
    private static final Texts GERMAN = ALL.get(1);
    private static final Set<RuleId> GERMAN_CARDS = Set.of(RuleId.R_40, RuleId.R_41, RuleId.R_46);

    private static ObjectNode card(String language, RuleId primary, AdviceKind kind, RuleId... others) {
        var card = CardSamples.card(primary, kind, others).proposing("1.5").build();
        var usual = CardSamples.context();
        var context = new CardContext(
                usual.hook(),
                usual.client(),
                usual.hookInstance(),
                usual.patientId(),
                usual.userId(),
                usual.today(),
                usual.orders(),
                usual.courses(),
                CardStyle.STANDARD.in(language));
        return CardSamples.write(card, context, true);
    }

    @Test
    void englishLacksNothing() {
        assertEquals(Set.of(), ENGLISH.missing());
        assertEquals(Optional.empty(), Languages.note(Languages.ENGLISH));
    }

    @Test
    void germanHasTheCardsOfThreeRulesAndSaysToTheOperatorWhatItLacks() {
        assertEquals(
                GERMAN_CARDS,
                Arrays.stream(RuleId.values())
                        .filter(ENGLISH::has)
                        .filter(GERMAN::writes)
                        .collect(Collectors.toSet()));
        String note = Languages.note("de").orElseThrow();
        assertTrue(note.startsWith("language de is a sample that no clinician has reviewed."), note);
        assertTrue(note.contains("Cards of R-40, R-41, R-46 are written in it"), note);
        assertTrue(note.contains("and " + GERMAN.missing().size() + " texts in all, are English"), note);
    }

    /** What it may lack: other rules' own texts, what stands on their cards only, and what is written into orders. */
    @Test
    void germanLacksNoWordThatItsCardsNeed() {
        assertEquals(
                List.of(),
                GERMAN.missing().stream()
                        .filter(name -> !name.matches("(R|M)_\\d+[BC]?_.*|course_R_.*"))
                        .filter(name -> !Set.of("dosing", "tablets", "language_note", "sandbox_name", "sandbox_dose")
                                .contains(name))
                        .filter(name -> !name.matches("block_(due|later)|count_more|monitoring_.*"))
                        .filter(name -> !name.matches("note_(psa_start_limit|low_may_be_normal).*"))
                        .filter(name -> !ofSymbolsOnly(name))
                        .toList());
    }

    /** A text without a word of its own reads alike in every language. */
    private static boolean ofSymbolsOnly(String name) {
        return Set.of(
                        "input",
                        "value_and_base",
                        "detail",
                        "fired",
                        "option_tests",
                        "option_tests_ordered",
                        "cited_doi",
                        "cited_pmid",
                        "source_BB",
                        "source_OHLSSON",
                        "source_HANDELSMAN")
                .contains(name);
    }

    @Test
    void everyGermanTextHasAnEnglishOneAndAsksForNothingElse() {
        for (String name : GERMAN.own()) {
            assertTrue(ENGLISH.has(name), name);
        }
    }

    @Test
    void aGermanCardIsGermanFromItsTitleToItsLink() {
        for (RuleId rule : GERMAN_CARDS) {
            ObjectNode card = card(
                    "de",
                    rule,
                    rule == RuleId.R_46 ? AdviceKind.INCREASE : AdviceKind.REDUCE,
                    RuleId.R_35,
                    RuleId.R_65);
            String detail = card.path("detail").asText();
            assertTrue(
                    card.path("summary").asText().contains("Anastrozol"),
                    card.path("summary").asText());
            assertTrue(detail.contains("**Grund:** "), detail);
            assertTrue(detail.contains("1,5 mg") || rule == RuleId.R_40, detail);
            assertTrue(detail.contains("Deutscher Text: Muster, nicht ärztlich geprüft."), detail);
            for (String english : List.of(" the ", " and ", " of ", " anastrozole ", "2026-")) {
                assertFalse(detail.contains(english), () -> english + " in: " + detail);
            }
        }
    }

    @Test
    void aCardThatLacksASentenceIsEnglishThroughout() {
        var without = card("en", RuleId.R_40, AdviceKind.HOLD, RuleId.R_22);
        var with = card("de", RuleId.R_40, AdviceKind.HOLD, RuleId.R_22);
        assertEquals(without, with);
        assertEquals(card("en", RuleId.R_55, AdviceKind.START), card("de", RuleId.R_55, AdviceKind.START));
    }

    @Test
    void whatIsWrittenIntoAnOrderStaysEnglishSinceItIsReadBack() {
        var english = card("en", RuleId.R_41, AdviceKind.REDUCE);
        var german = card("de", RuleId.R_41, AdviceKind.REDUCE);
        assertEquals(english.findValues("dosageInstruction"), german.findValues("dosageInstruction"));
    }

    @Test
    void theExtensionAndTheIdsAreTheSameInEveryLanguage() {
        var english = card("en", RuleId.R_46, AdviceKind.INCREASE, RuleId.R_65);
        var german = card("de", RuleId.R_46, AdviceKind.INCREASE, RuleId.R_65);
        for (String member : List.of("uuid", "indicator", "source", "extension", "overrideReasons")) {
            assertEquals(english.path(member), german.path(member), member);
        }
        assertEquals(english.findValues("uuid"), german.findValues("uuid"));
    }

    @Test
    void aLanguageWithoutTextsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> CardStyle.STANDARD.in("fr"));
    }

    @Test
    void whatEarlierReleasesWroteInWordsIsSaidAsItStands() {
        Vocabulary words = GERMAN.vocabulary();
        assertEquals("Gynäkomastie, Gelenkschmerzen", words.words("gynecomastia, joint pain"));
        assertEquals("T-score -2.6, 2025-11-14", words.words("T-score -2.6, 2025-11-14"));
        assertEquals("letrozole 17.5 mg a week (active)", words.orders("letrozole 17.5 mg a week (active)"));
        assertEquals("PHQ-9 of 2026-02-01", words.forms("PHQ-9 of 2026-02-01"));
        assertEquals("Letrozol 17,5 mg pro Woche (aktiv)", words.orders("letrozole weekly 17.5 active"));
        assertEquals("PHQ; 9 vom 01.02.2026, ADAM ohne Datum", words.forms("PHQ; 9 [2026-02-01]; ADAM [-]"));
    }
}
