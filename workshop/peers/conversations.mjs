// Conversations that the virtual Alexa holds with the skill. A turn is what is said, the intent that it must reach,
// what the answer must hold, and whether the session is over then. LAUNCH opens the skill; GONE is a listener who
// has gone quiet until Alexa gave up; `after` lets seconds pass first.
// The virtual Alexa takes "ask", "tell", "open" and "launch" for the opening of a skill: no utterance holds them.

export const LAUNCH = "LAUNCH";
export const GONE = "GONE";

const launch = { say: LAUNCH, hears: "LaunchRequest", answers: /^Straighten your leg/ };
// Seconds after which a step has been played and its question asked: a first stretch, a side before sleep, a minute's hold.
const asked = { stretch: 55, side: 72, minute: 75 };
const goodnight = /keep the leg warm.*goodnight/i;

// What changes from country to country, written here again on purpose: the skill's own table is what is checked.
const places = {
  "en-US": { call: "911", hurts: "my calf is locking up on me", bed: /footboard/, seen: /urgent care/ },
  "en-GB": { call: "999", hurts: "my calf has gone into spasm", bed: /foot of the bed/, seen: /111/ },
  "en-AU": { call: "000", hurts: "my calf's cramped up on me", bed: /footboard/, seen: /1800 633 422/ },
  "en-CA": { call: "911", hurts: "my calf's killing me", bed: /footboard/, seen: /811/ },
  "en-IN": { call: "112", hurts: "my calf is paining a lot", bed: /footboard/, seen: /See a doctor today/ },
};

const nights = Object.entries(places).flatMap(([locale, here]) => [
  {
    name: "a night, from launch to goodnight", locale, night: true,
    turns: [
      launch,
      { say: here.hurts, hears: "ReliefIntent", answers: /^Breathe out slowly, and stay with me/ },
      { say: "no", hears: "AMAZON.NoIntent", answers: here.bed },
      { say: "next", hears: "AMAZON.NextIntent", answers: /edge of the bed/ },
      { say: "ok", hears: "AgreeIntent", answers: /^Hold it now, for 60 seconds/ },
      { say: "yes", hears: "AMAZON.YesIntent", answers: goodnight, ends: true, after: asked.minute },
    ],
  },
  {
    name: "chest pain in the middle of a stretch", locale,
    turns: [
      launch,
      { say: "i have chest pain", hears: "SymptomIntent", answers: new RegExp(`^Call ${here.call} now`), ends: true },
    ],
  },
  {
    name: "it gets worse", locale,
    turns: [
      launch,
      { say: "worse", hears: "WorseIntent", answers: /^Ease off until it hurts less/ },
      { say: "worse", hears: "WorseIntent", answers: new RegExp(`^Stop stretching.*${here.seen.source}.*${here.call}`) },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /^Be seen today for/ },
      { say: "stop", hears: "AMAZON.StopIntent", answers: /./, ends: true },
    ],
  },
]);

export const conversations = [
  ...nights,
  {
    name: "a foot, then a thigh, then a shin",
    turns: [
      launch,
      { say: "my foot", hears: "ReliefIntent", answers: /spread them/ },
      { say: "no it's my hamstring", hears: "ReliefIntent", answers: /hold/i },
      { say: "actually it's my shin", hears: "ReliefIntent", answers: /hold/i },
      { say: "that's better", hears: "EasedIntent", answers: goodnight, ends: true },
    ],
  },
  {
    name: "why, in the middle of a stretch, and back to it",
    turns: [
      launch,
      { say: "why do i get cramps", hears: "WhyIntent", answers: /no known cause.*back to the stretch/i },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /^Straighten your leg/ },
      { say: "yes", hears: "AMAZON.YesIntent", answers: goodnight, ends: true, after: asked.stretch },
    ],
  },
  {
    name: "a remedy, and one that is not safe",
    turns: [
      launch,
      { say: "does pickle juice help", hears: "RemedyIntent", answers: /not proven/ },
      { say: "does quinine help", hears: "RemedyIntent", answers: /quinine/i },
      { say: "no", hears: "AMAZON.NoIntent", answers: /goodnight/i, ends: true },
    ],
  },
  {
    name: "the stretches before sleep",
    turns: [
      launch,
      { say: "i don't have a cramp", hears: "NotCrampingIntent", answers: /bedtime stretches\?$/ },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /left foot back.*ready for the next side\?$/i },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /^Now put the right foot back/, after: asked.side },
      { say: "next", hears: "AMAZON.NextIntent", answers: /left heel.*ready for the next side\?$/i },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /right heel.*both legs done\?$/i, after: asked.side },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /goodnight/i, ends: true, after: asked.side },
    ],
  },
  {
    name: "back, again, and from the start",
    turns: [
      launch,
      { say: "next", hears: "AMAZON.NextIntent", answers: /footboard/ },
      { say: "repeat", hears: "AMAZON.RepeatIntent", answers: /footboard/ },
      { say: "previous", hears: "AMAZON.PreviousIntent", answers: /^Straighten your leg/ },
      { say: "next", hears: "AMAZON.NextIntent", answers: /footboard/ },
      { say: "start over", hears: "AMAZON.StartOverIntent", answers: /^Straighten your leg/ },
      { say: "cancel", hears: "AMAZON.CancelIntent", answers: /goodnight/i, ends: true },
    ],
  },
  {
    name: "a pause, and on",
    turns: [
      launch,
      { say: "pause", hears: "AMAZON.PauseIntent", answers: /continue/ },
      { say: "continue", hears: "AMAZON.ResumeIntent", answers: /straighten your leg/i, after: 120 },
      { say: "stop", hears: "AMAZON.StopIntent", answers: /goodnight/i, ends: true },
    ],
  },
  {
    name: "longer, shorter, and a number of seconds",
    turns: [
      launch,
      { say: "hold it longer", hears: "HoldLongerIntent", answers: /45 seconds/ },
      { say: "hold for twenty seconds", hears: "HoldLongerIntent", answers: /20 seconds/ },
      { say: "that's too long", hears: "HoldShorterIntent", answers: /5 seconds/ },
      { say: "that's better", hears: "EasedIntent", answers: goodnight, ends: true },
    ],
  },
  {
    name: "somebody helps, and the one who cramps is pregnant",
    turns: [
      launch,
      { say: "i'm helping my wife", hears: "HelperIntent", answers: /their knee/ },
      { say: "i'm pregnant", hears: "ConditionIntent", answers: /strokes light.*back to the stretch/i },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /their knee/ },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /goodnight/i, ends: true, after: asked.stretch },
    ],
  },
  {
    name: "two signs at once: the more urgent is answered",
    turns: [
      launch,
      { say: "my leg is swollen and i'm short of breath", hears: "SymptomIntent", answers: /^Call 911 now/, ends: true },
    ],
  },
  {
    name: "the warning signs, and more of them",
    turns: [
      launch,
      { say: "what are the warning signs", hears: "RedFlagsIntent", answers: /harmless.*today.*Call 911.*more\?$/ },
      { say: "more", hears: "MoreIntent", answers: /more\?$/ },
      { say: "no", hears: "AMAZON.NoIntent", answers: /back to the stretch\?$/i },
      { say: "yes", hears: "AMAZON.YesIntent", answers: /straighten your leg/i },
      { say: "stop", hears: "AMAZON.StopIntent", answers: /goodnight/i, ends: true },
    ],
  },
  {
    name: "how to have fewer, all of the list",
    turns: [
      launch,
      { say: "how do i prevent cramps", hears: "PreventIntent", answers: /more\?$/ },
      { say: "more", hears: "MoreIntent", answers: /also/i },
      { say: "where does this come from", hears: "SourcesIntent", answers: /NHS/ },
      { say: "stop", hears: "AMAZON.StopIntent", answers: /goodnight/i, ends: true },
    ],
  },
  {
    name: "whispered, then louder",
    turns: [
      launch,
      { say: "whisper", hears: "WhisperIntent", answers: /straighten your leg/i, ssml: /name="whispered"/ },
      { say: "no", hears: "AMAZON.NoIntent", answers: /footboard/, ssml: /name="whispered"/ },
      { say: "chest pain", hears: "SymptomIntent", answers: /^Call 911/, ssml: /^(?!.*whispered).*$/s, ends: true },
    ],
  },
  {
    name: "ten minutes are over",
    turns: [
      launch,
      { say: "no", hears: "AMAZON.NoIntent", answers: /footboard/ },
      { say: "no", hears: "AMAZON.NoIntent", answers: /11 minutes.*today/i, after: 660, ends: true },
    ],
  },
  {
    name: "help, and a listener who falls asleep",
    turns: [
      launch,
      { say: "help", hears: "AMAZON.HelpIntent", answers: /you can say/i },
      { say: GONE, hears: "SessionEndedRequest", silent: true, ends: true },
    ],
  },
];
