"""English words that report speech, as lemmas. The grammar that uses them is in `rules`."""

# Verbs that report what somebody says or writes.
SAYING = frozenset(
    """
    accept acknowledge add address admit advise affirm agree allege announce answer appeal argue
    articulate ask assert assure attest aver avow babble bark begin bellow bemoan blast blog blurt boast
    brag bristle broadcast caption caution chant chide chime chirp chuckle cite claim clarify comment
    complain concede conclude concur confess confide confirm conjecture contend continue counter crack
    croon crow cry deadpan declaim declare decree demand demur deny deplore describe detail disclose
    divulge drawl echo elaborate emphasise emphasize enquire enthuse estimate exclaim exhort explain
    expound express fire fret fume gasp gloat go groan growl grumble guess gush hint hiss holler howl
    imply indicate inform inquire insinuate insist instruct interject interrupt intone jeer jest joke
    journal lament laugh lecture maintain mention moan mock mourn murmur muse mutter narrate nod note
    object observe opine order paraphrase petition plead pledge point posit post postulate pray preach
    predict proclaim profess promise pronounce propose protest publish purr put query question quip
    quote rail rant read reason reassure rebuke rebut recall recite reckon recollect recommend recount
    reflect refute reiterate rejoin relate relay remark remember remind reminisce repeat reply report
    request respond restate retort retweet reveal riff roar say scoff scold scream scribble share shout
    shriek shrug sigh signal slam smile snap snarl sneer sob specify speculate sputter squeal stammer
    state stipulate stress stutter submit suggest summarise summarize surmise swear sympathise tease
    tell testify text theorise theorize think thunder tout trumpet tweet type underline underscore urge
    utter venture voice volunteer vow wail warn whine whisper wonder worry write yell
    """.split()
)
# Verbs whose object or complement is what somebody calls another or a thing.
NAMING = frozenset(
    """
    accuse attack bash berate blame brand call cast categorise categorize characterise characterize
    christen compare condemn criticise criticize decry deem denounce depict deride dismiss disparage dub
    equate hail herald label lambast lambaste liken lump nickname paint portray praise rate refer reject
    ridicule tag tar term trash view vilify
    """.split()
)
# Nouns that stand for somebody's words: his claim that “…”, in the words of …
WORDS = frozenset(
    """
    account accusation admission advice allegation announcement answer appeal argument assertion
    assessment blog book call characterisation characterization charge claim comment comparison
    complaint conclusion criticism declaration demand denunciation description email essay explanation
    expression insistence interview joke letter line mantra memo message motto note opinion plea pledge
    post posting prediction promise pronouncement quip quote reference refrain remark reply report
    request response rhetoric slogan speech statement story suggestion talk testimony text threat tweet
    verdict view vow warning word write-up
    """.split()
)


def reports(lemma: str) -> bool:
    """Whether a verb or noun of this lemma may report what somebody says."""
    word = lemma.lower()
    return word in SAYING or word in NAMING or word in WORDS
