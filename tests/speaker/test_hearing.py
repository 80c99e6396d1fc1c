"""The ear: what is said in pain, misspelt, put right, denied or about something else. None of it is a held-out line."""

import pytest

from speaker.nlu.interaction_model import InteractionModel, NoModel
from speaker.nlu.recognizer import FALLBACK
from tests.ears import ear


def ids(say: str, locale: str = "en-US") -> tuple[str, dict[str, str]]:
    heard = ear(locale).hear(say)
    return heard.intent, {name: slot.id or slot.value for name, slot in heard.slots.items()}


@pytest.mark.parametrize(
    ("say", "sign"),
    [
        ("i can't breathe", "breathless"),
        ("i cant breath", "breathless"),
        ("my husband can't breathe", "breathless"),
        ("it's getting really hard to breathe now", "breathless"),
        ("oh god i've got a terrible pain in my chest", "chest_pain"),
        ("am i having a heart attack", "chest_pain"),
        ("heart attack", "chest_pain"),
        ("should i worry about my chest pain", "chest_pain"),
        ("he just passed out", "fainting"),
        ("i think i'm having a stroke", "stroke_signs"),
        ("he's having a seizure", "convulsion"),
        ("my heart's pounding like mad", "racing_heart"),
        ("i just coughed up some blood", "coughing_blood"),
        ("my foot has gone cold and white", "leg_cold_pale"),
        ("i'm numb between my legs", "saddle_numbness"),
        ("my pee is brown", "cola_urine"),
        ("my left calf is all swollen up", "one_leg_swelling"),
        ("why is my leg swollen", "one_leg_swelling"),
        ("the skin on my calf has turned red", "leg_red"),
        ("my toes have gone numb", "new_numbness"),
        ("i heard a pop in my calf", "pop_tiptoe"),
        ("both my legs feel weak", "both_legs_weak"),
        ("does magnesium help i have chest pain", "chest_pain"),
        ("call an ambulance", "needs_ambulance"),
        ("it's been cramping for half an hour", "over_ten_minutes"),
    ],
)
def test_a_sign_in_so_many_words_is_heard_as_one(say: str, sign: str) -> None:
    intent, slots = ids(say)
    assert (intent, slots.get("symptom")) == ("SymptomIntent", sign)


def test_two_signs_fill_two_slots() -> None:
    assert ids("my leg's swollen and i can't breathe") == (
        "SymptomIntent",
        {"symptom": "one_leg_swelling", "other_symptom": "breathless"},
    )


@pytest.mark.parametrize(
    "say", ["i have no chest pain", "i don't have chest pain it's just a cramp", "the chest pain has gone"]
)
def test_a_sign_that_is_denied_or_over_is_not_forced(say: str) -> None:
    from speaker.nlu.context import SIGN, context
    from speaker.nlu.slot_values import spans_of

    model = ear().model
    words = say.split()
    assert context().volunteered(words, spans_of(words, model.values), model.values[SIGN]) == []


@pytest.mark.parametrize(
    ("say", "muscle"),
    [
        ("no not the calf my thigh", "thigh"),
        ("not my thigh my calf", "calf"),
        ("it's not my calf it's my foot", "arch"),
        ("i said foot", "arch"),
        ("i have a charley horse in my thigh", "thigh"),
        ("its my shin that hurts", "shin"),
        ("my cafl hurts", "calf"),
        ("my foots cramping", "arch"),
        ("my hammy's gone", "hamstring"),
        ("the back of my thigh", "hamstring"),
        ("it's my foot not my calf", "arch"),
        ("um my foot hurts not my calf", "arch"),
        ("my calf hurts not my foot", "calf"),
        ("i meant the shin rather than the calf", "shin"),
        ("in my foot instead of my calf", "arch"),
        ("foot not my leg", "arch"),
        ("calf and foot", "calf"),
        ("my foot and my calf", "arch"),
        ("my big toe is sticking straight up", "toes_up"),
        ("toes are splaying upward", "toes_up"),
    ],
)
def test_the_muscle_that_is_meant_is_taken(say: str, muscle: str) -> None:
    assert ids(say) == ("ReliefIntent", {"muscle": muscle})


@pytest.mark.parametrize(
    ("say", "intent"),
    [
        ("is it dehydration", "WhyIntent"),
        ("is it because of my statins", "WhyIntent"),
        ("is it cos i'm old", "WhyIntent"),
        ("could it be a blood clot", "CompareIntent"),
        ("oh that's so much better", "EasedIntent"),
        ("nope it's still cramping", "StillCrampingIntent"),
        ("ow that makes it worse", "WorseIntent"),
        ("do i need more salt", "RemedyIntent"),
        ("how can i stop this happening again", "PreventIntent"),
        ("i'm diabetic", "ConditionIntent"),
        ("whisper please my husband's asleep", "WhisperIntent"),
        ("my son has a leg cramp", "HelperIntent"),
        ("yeah", "AMAZON.YesIntent"),
        ("ok stop", "AMAZON.StopIntent"),
        ("mm hmm", "AMAZON.YesIntent"),
        ("uh uh", "AMAZON.NoIntent"),
        ("huh", "AMAZON.RepeatIntent"),
        ("thirty seconds more", "HoldLongerIntent"),
        ("my leg's stuck", "ReliefIntent"),
        ("i'm worn out let me sleep", "LeaveIntent"),
    ],
)
def test_unseen_wordings_reach_their_intent(say: str, intent: str) -> None:
    assert ids(say)[0] == intent


@pytest.mark.parametrize(
    ("say", "intent"),
    [
        ("its gone", "EasedIntent"),
        ("its let go", "EasedIntent"),
        ("thats better", "EasedIntent"),
        ("its worse", "WorseIntent"),
        ("it hasnt let go", "StillCrampingIntent"),
        ("ive got a cramp", "ReliefIntent"),
        ("cant breathe", "SymptomIntent"),
    ],
)
def test_an_apostrophe_left_out_changes_nothing(say: str, intent: str) -> None:
    assert ids(say)[0] == intent


@pytest.mark.parametrize("say", ["is it fosamax", "is it the metformin", "is it because of warfarin"])
def test_a_medicine_that_is_asked_about_is_not_volunteered(say: str) -> None:
    assert ids(say)[0] == "WhyIntent"


@pytest.mark.parametrize("say", ["i take metformin", "is it okay if i'm pregnant", "is this safe with a new hip"])
def test_a_condition_that_is_told_stays_one(say: str) -> None:
    assert ids(say)[0] == "ConditionIntent"


@pytest.mark.parametrize(
    ("locale", "say", "intent"),
    [
        ("en-GB", "me leg's gone into spasm", "ReliefIntent"),
        ("en-AU", "should i put a doona on it", "RemedyIntent"),
        ("en-IN", "my leg is paining very badly", "ReliefIntent"),
        ("en-CA", "i've got a charley horse", "ReliefIntent"),
        ("en-IN", "leg swelling is there", "SymptomIntent"),
        ("en-GB", "my mum's got cramp in her calf", "HelperIntent"),
    ],
)
def test_every_locale_has_its_idiom(locale: str, say: str, intent: str) -> None:
    assert ids(say, locale)[0] == intent


@pytest.mark.parametrize(
    ("say", "slot", "value"),
    [
        ("does dandelion help", "remedy", "dandelion"),
        ("my elbow hurts", "muscle", "elbow"),
        ("my knee", "muscle", "knee"),
        ("should i try goose fat", "remedy", "goose fat"),
    ],
)
def test_a_word_out_of_the_catalogue_fills_the_slot_without_an_id(say: str, slot: str, value: str) -> None:
    heard = ear().hear(say)
    assert (heard.slots[slot].value, heard.slots[slot].id) == (value, None)


@pytest.mark.parametrize(
    "say",
    [
        "turn on the kitchen lights",
        "play some jazz",
        "asdf qwer zxcv",
        "blah blah",
        "",
        "???",
        "what's the weather",
        "what time is it",
        "turn on the light",
        "i'm tired",
        "my husband snores",
    ],
)
def test_what_is_none_of_its_business_falls_to_fallback(say: str) -> None:
    assert ids(say) == (FALLBACK, {})


def test_a_very_long_utterance_is_heard_too() -> None:
    assert ear().hear("calf " * 5000).intent


def test_a_locale_without_a_model_names_those_that_exist() -> None:
    with pytest.raises(NoModel, match="expected one of en-AU, en-CA, en-GB, en-IN, en-US, found 'xx-XX'"):
        InteractionModel.load("xx-XX")
