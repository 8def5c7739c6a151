"""English nouns and pronouns that tell what kind of speaker a phrase names."""

from functools import cache

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
THEY = frozenset("they them their theirs themselves".split())
IT = frozenset("it its itself".split())
AUTHOR = frozenset("i me my we us our".split())
RELATIVE = frozenset("who whom whose which that".split())
PRONOUNS = HE | SHE | THEY | IT | AUTHOR | RELATIVE

# What a man or a woman is called, and nobody else.
MALE = frozenset(
    """
    actor alderman assemblyman bishop boy boyfriend brother businessman cameraman chairman congressman
    councilman dad don duke emperor father fiancé fisherman foreman fr frontman gentleman grandad grandfather
    grandson groom guy herr husband imam king lord man monk monsieur mr nephew nobleman patriarch policeman
    pope prince salesman señor signor sir son spokesman sportsman statesman uncle waiter widower
    """.split()
)
FEMALE = frozenset(
    """
    actress assemblywoman aunt ballerina bride businesswoman chairwoman congresswoman councilwoman dame
    daughter doña duchess empress fiancée frau frontwoman girl girlfriend granddaughter grandma grandmother
    granny heroine hostess lady madame matriarch midwife miss mme mom mother mrs ms mum niece nun
    policewoman princess queen
    saleswoman seamstress señora signora sister spokeswoman sportswoman stateswoman waitress widow wife woman
    """.split()
)
# Nouns for one person, beside those that end like their trade does (-er, -or, -ist, -ian …).
PERSON_NOUNS = (
    MALE
    | FEMALE
    | frozenset(
        """
    brother-in-law classmate convict daughter-in-law deacon father-in-law flatmate guard housemate
    landlord lifeguard mother-in-law onlooker operative passer-by roommate schoolmate
    sister-in-law son-in-law stevedore surrogate teammate umpire
    collector committeeman committeewoman comptroller queenmother
    accomplice accountant accused activist addict admiral agent ally amir appellant applicant appointee
    apprentice assistant attendant bailiff cadet chef claimant clerk combatant complainant contestant cop
    deejay detainee devotee emigrant emir evacuee fugitive graduate guide hero hostage immigrant
    informant inmate intern mechanic medic merchant millionaire missionary nomad occupant opponent orphan
    participant patriot peasant prelate prodigy prophet recruit registrar rival servant steward tenant
    thief trainee trustee vet vicar warden wizard
    adviser advisor aide ambassador analyst artist athlete attorney author
    banker bassist batter billionaire bowler campaigner candidate captain ceo chair chairperson champion
    chancellor chief child citizen cleric coach colleague colonel columnist commander commissioner
    congressperson conservative constable consultant cook coordinator cousin critic curator dean
    defendant defender democrat deputy designer detective diplomat director doctor driver drummer
    economist editor employee engineer entrepreneur envoy executive expert fan farmer filmmaker founder
    friend general goalkeeper governor guitarist hander head heir historian host incumbent inspector
    investor journalist judge justice lawmaker lawyer leader legislator lieutenant magnate major manager
    mayor midfielder migrant minister mogul monarch mother musician native neighbor neighbour nominee
    novelist nurse officer official organiser organizer owner painter parent partner pastor patient
    pensioner person physician pilot plaintiff player poet policeman politician pontiff premier
    presenter president priest principal producer professor prosecutor pupil rabbi rapper refugee
    relative reporter representative republican researcher resident retiree reverend scientist secretary
    senator sergeant shopkeeper singer skipper socialist soldier source spokesperson star striker
    student survivor suspect teacher teenager trader tycoon veteran victim volunteer voter witness
    worker writer youth
    """.split()
    )
)
ORGANISATION_NOUNS = frozenset(
    """
    academy administration agency airline airport alliance army assembly association authority automaker
    bank bloc board body bourse brand brewery broadcaster brokerage bureau cabinet campaign carmaker
    carrier chain chamber chancery channel charity chipmaker church clinic club co-operative coalition
    college commission committee company conglomerate congress consortium consulate cooperative
    corporation council court daily department diocese directorate division drugmaker embassy exchange
    faction federation firm foundation fund gallery government group guild hospital inquiry inspectorate
    institute institution insurer junta label laboratory league legislature lender library lobby
    magazine maker manufacturer military militia ministry mission mosque movement municipality museum
    navy network newspaper ngo nonprofit observatory office operator organisation organization outlet
    panel parliament party planemaker police prison procuracy prosecution publisher regime registry
    regulator retailer school secretariat senate service society start-up startup station steelmaker
    studio subsidiary supermarket syndicate tabloid taskforce team theater theatre think-tank treasury
    tribunal trust union university utility watchdog wing zoo
    """.split()
)
DOCUMENT_NOUNS = frozenset(
    """
    accord act ad advertisement advisory affidavit agreement announcement article audit banner bill blog
    book brief brochure bulletin charge-sheet charter circular clause code communique communiqué
    complaint constitution contract declaration decree diary document dossier e-mail editorial email
    filing finding guideline indictment inscription invitation judgement judgment law lawsuit leaflet
    letter manifesto memo memoir memorandum message motion note notice op-ed order ordinance page
    pamphlet paper petition placard plaque poll post poster press-release readout regulation release
    report resolution review ruling sign statement study submission suit summons survey text transcript
    treaty tweet verdict warrant website writ
    """.split()
)
# Titles that stand before a name and are no part of it.
TITLES = frozenset(
    """
    actor actress adm admiral adv advocate alhaja alhaji ambassador arch archbishop attorney author
    ayatollah barr barrister bishop brother capt captain cardinal chairman chairwoman chancellor chief
    cllr co-driver coach col colonel commander comrade congressman congresswoman constable coun councillor
    councilman councilor councilwoman dame dato datuk dean deputy det detective director don doña dr
    eminence emperor encik engr ex excellency father former fr frau gen general gov governor haji hajj
    herr highness holiness hon honorable honourable imam ing insp inspector judge justice king lady lic
    lieutenant lord lt madam madame magistrate maj majesty major malam mallam maulana mayor mdm minister
    miss mlle mme monsieur mr mrs ms mullah mx officer pastor pc pope premier president prime prince
    princess principal prof professor puan queen rabbi rep representative rev reverend samdech secretary
    sen senator sergeant seri señor señora sgt sheik sheikh shri signor signora sir sister smt spokesman
    spokesperson spokeswoman sri superintendent supt techo the then ustaz vice vice-president
    """.split()
)

# Offices that speak for somebody else; whoever holds them is not the person talked about.
NAMELESS = frozenset(
    """
    aide neighbor neighbour source spokesman spokesperson spokeswoman witness
    """.split()
)

# Forms of address that tell nothing of what somebody is.
HONORIFICS = frozenset(
    "mr mrs ms miss mx sir dame lord lady mme mlle señor señora herr frau shri smt".split()
)

# Forms of address and ranks between an office and a name: the Minister of Health, Dr. Ann Lowe.
ADDRESSES = HONORIFICS | frozenset(
    """
    adm adv alhaji alhaja atty capt cllr col comrade coun datuk dato dr eng engr fr gen hon honourable
    honorable imam judge justice lt maj mullah prof professor rev retired rtd sen sgt sheik sheikh sheikha ing
    """.split()
)

# Titles cut short before a name.
FORMS_IN_FULL = {
    "adm": "admiral",
    "adv": "advocate",
    "assoc": "associate",
    "atty": "attorney",
    "ayatollah": "cleric",
    "capt": "captain",
    "cllr": "councillor",
    "cmdr": "commander",
    "col": "colonel",
    "comr": "commissioner",
    "coun": "councillor",
    "cpl": "corporal",
    "cr": "councillor",
    "det": "detective",
    "dr": "doctor",
    "engr": "engineer",
    "eng": "engineer",
    "ing": "engineer",
    "fr": "father",
    "gen": "general",
    "gov": "governor",
    "insp": "inspector",
    "lt": "lieutenant",
    "maj": "major",
    "prof": "professor",
    "rep": "representative",
    "rev": "reverend",
    "sen": "senator",
    "sgt": "sergeant",
    "supt": "superintendent",
}

# Offices by their initials, and the nouns that may stand for them.
OFFICES_SHORT = {
    "acp": "commissioner officer",
    "adc": "commissioner officer",
    "ag": "attorney attorney-general",
    "cec": "commissioner",
    "ceo": "executive boss chief",
    "cfo": "executive officer",
    "cj": "justice judge",
    "cji": "justice judge",
    "cm": "minister",
    "coo": "executive officer",
    "cs": "secretary minister",
    "cto": "executive officer",
    "dcp": "commissioner officer",
    "dg": "director director-general",
    "dgp": "chief officer director",
    "dig": "inspector officer",
    "dpp": "prosecutor director",
    "dsp": "superintendent officer",
    "gm": "manager",
    "igp": "inspector chief officer",
    "lg": "governor",
    "md": "director manager",
    "mec": "minister member politician",
    "mep": "lawmaker member politician",
    "mla": "lawmaker member politician",
    "mp": "lawmaker member politician minister legislator candidate",
    "msp": "lawmaker member politician",
    "oc": "officer",
    "pm": "minister premier",
    "ps": "secretary official",
    "sho": "officer",
    "sp": "superintendent officer",
    "ssp": "superintendent officer",
    "vp": "president vice-president",
}

# Nouns that count who or what follows them: hundreds of activists.
QUANTITIES = frozenset("couple dozen handful hundred lot majority million number pair score thousand".split())

# Nouns that end like a trade and are none.
THINGS = frozenset(
    """
    absorber adapter airliner amplifier anger answer antechamber antler aquifer backwater badger
    banter barrier beaver beer behavior behaviour bladder blazer blender blotter blunder boiler
    booster border boulder browser buffer bulldozer bumper bunker burger butter calculator calendar
    cancer career cauliflower center centimeter chamber chapter character charter checklist cheer
    cinder cloister clover cluster coaster color colour computer consist container cooler copper
    corner corridor counter cover cracker crater cruiser cucumber cursor cyber cylinder danger
    december demeanor demeanour denominator detector diameter diaper dinner disaster disorder
    dispenser door drawer dredger duster e-scooter effort elevator encounter equator error escalator
    extinguisher factor favor favour feeder fender fertiliser fertilizer fervor fervour fever fiber
    figure filler filter finger fist flicker floor flower flutter folder former freezer freighter
    frontier gender generator ginger gist glacier glamor glamour glitter grasshopper groundwater
    gutter hamburger hammer hamster hangover harbor heater helicopter honor honour horsepower hour
    humor hunger icebreaker indicator inter interior inverter jumper kilometer kilometre labor
    labour ladder lager laser latter laughter layer ledger letter lever lighter liner litter lobster
    locker loudspeaker lumber manner manslaughter marker matter median metaphor meter mirror mist
    mixer moniker monitor motor mower murder nebuliser newsletter november number october offer
    orbiter order other oyster pacemaker painkiller panther paper parameter pepper perimeter plaster
    playlist plunder pointer poker poster powder power prayer primer printer processor projector
    propeller qualifier quarter radiator razor reactor receiver receptor recorder refrigerator
    register reindeer reminder render resistor retainer river roller rooster roster rotor rubber
    rudder rumor sampler saucer scanner scooter sector semester semiconductor sensor september
    server shelter shoulder shutter silencer silver simulator skewer slipper sliver soccer spanner
    spider splinter sprinkler squalor stapler steamer sticker stroller sugar summer supper surrender
    sweater takeover talisman tanker tender tenor terror theater thermometer thriller thunder ticker
    tiger timber timer tinder toaster toner tower tractor trailer transfer transformer transmitter
    trawler tremor trimester tumor tuner twist ulcer underwater vapor vapour vector ventilator vigor
    viper voucher wafer waist waiver war water weather whatsoever whisper winter wiper wonder wrist
    zipper
    """.split()
)

# Nouns that newspapers use of one and the same person by turns.
_ALIKE = (
    "president leader premier pm minister chancellor head chief",
    "lawmaker mp legislator parliamentarian congressman congresswoman senator politician deputy",
    "lawmaker congressman congresswoman representative",
    "official secretary minister commissioner spokesman spokeswoman spokesperson director officer",
    "coach manager boss trainer",
    "ceo executive boss chief head founder director chairman chairwoman chairperson chair",
    "doctor physician surgeon paediatrician epidemiologist virologist",
    "academic professor researcher scientist lecturer scholar expert",
    "lawyer attorney solicitor barrister advocate counsel",
    "author writer novelist poet",
    "player footballer striker midfielder defender forward goalkeeper star captain",
    "activist campaigner organiser organizer advocate",
    "journalist reporter correspondent editor columnist",
    "economist analyst expert strategist",
    "policeman policewoman officer detective inspector",
    "entrepreneur businessman businesswoman tycoon billionaire owner founder",
    "singer musician artist star rapper songwriter",
    "teenager boy girl youth student",
    "company firm manufacturer carrier airline retailer group maker giant",
    "organisation organization group body association ngo charity",
    "agency organisation organization body watchdog regulator authority",
    "ministry department",
    "army military",
    "court bench",
    "newspaper paper outlet daily",
    "report study paper survey",
    "statement release announcement communiqué communique notice",
    "letter note message email memo memorandum",
    "lawsuit complaint filing petition affidavit indictment",
    "post tweet message blog",
)


# Broader nouns, and the titles of those whom newspapers call so.
_BROADER = {
    "academic": "doctor lecturer",
    "artist": "painter sculptor singer musician rapper deejay",
    "athlete": "champion cyclist footballer player runner sprinter striker swimmer winner",
    "boss": "ceo chief coach director manager",
    "captain": "skipper",
    "chief": "commissioner director general head president",
    "cleric": "ayatollah bishop imam priest sheikh",
    "commander": "admiral brigadier captain colonel general major",
    "cook": "chef",
    "dictator": "president",
    "document": "affidavit complaint filing indictment lawsuit letter memo petition report statement study",
    "driver": "champion racer",
    "educator": "headmaster lecturer principal professor teacher",
    "entrepreneur": "ceo restaurateur",
    "expert": "analyst doctor lecturer professor researcher scientist",
    "head": "chairman chairwoman commissioner minister secretary",
    "judge": "justice magistrate",
    "jurist": "judge justice lawyer professor",
    "lawmaker": "assemblyman assemblywoman chairman councillor member minister",
    "lawyer": "prosecutor solicitor",
    "leader": "captain chairman chairwoman founder governor secretary",
    "legislator": "assemblyman assemblywoman councillor member",
    "magistrate": "judge justice",
    "officer": (
        "admiral captain chief colonel commander commissioner constable corporal detective general "
        "inspector lieutenant major sergeant superintendent"
    ),
    "official": (
        "administrator ambassador chairman chairwoman chief coordinator envoy governor head mayor member "
        "premier president superintendent"
    ),
    "parliamentarian": "assemblyman assemblywoman member",
    "pilot": "captain driver",
    "player": "batsman batter bowler captain guard outfielder pitcher skipper winger",
    "politician": "chairman councillor governor leader mayor member minister president representative",
    "priest": "bishop father pastor reverend",
    "researcher": "astronomer biologist doctor ecologist epidemiologist geologist physicist",
    "ruler": "emir governor king president prince sultan",
    "scientist": "astronomer biologist chemist doctor ecologist geologist physicist",
    "skipper": "captain",
    "teacher": "headmaster lecturer principal professor",
}


# What the names of bodies have in them that newspapers call by a common noun.
_NAMED_LIKE = {
    "agency": "administration authority bureau commission department office service",
    "airline": "air airlines airways",
    "association": "chamber confederation council federation guild institute league society union",
    "authority": "administration agency board bureau commission office service",
    "bank": "bancorp banque credit",
    "board": "authority commission committee council",
    "body": (
        "academy agency alliance association authority board chamber commission committee "
        "confederation council federation guild institute league office organisation organization "
        "roundtable society union"
    ),
    "broadcaster": "broadcasting media radio television tv",
    "brokerage": "brokers capital markets securities",
    "carmaker": "automobiles cars motor motors",
    "carrier": "air airlines airways",
    "charity": "aid appeal foundation fund relief trust",
    "club": "athletic athletico atletico cf city fc rangers rovers sporting town united wanderers",
    "commission": "authority board panel",
    "committee": "commission council panel",
    "company": (
        "bhd co corp corporation electric energy gmbh group holdings inc industries limited ltd "
        "mining motors petroleum plc power resources sdn steel technologies telecom"
    ),
    "council": "board city county district municipality",
    "court": "tribunal",
    "department": "bureau directorate ministry office",
    "developer": "developments estates homes land properties property realty",
    "drugmaker": "biotech laboratories labs pharma pharmaceutical pharmaceuticals therapeutics",
    "federation": "association confederation congress league union",
    "firm": "associates bhd co corp corporation group holdings inc limited llp ltd partners plc sdn",
    "foundation": "trust",
    "fund": "capital management partners",
    "government": "administration cabinet",
    "group": (
        "action alliance association campaign citizens coalition committee corp council forum "
        "foundation front holdings initiative institute league movement network observatory project "
        "society union watch"
    ),
    "insurer": "assurance insurance mutual",
    "lender": "bancorp bank banque credit",
    "lobby": "alliance association chamber council federation",
    "manufacturer": "electronics industries motors steel technologies works",
    "miner": "coal copper gold minerals mines mining resources",
    "ministry": "department",
    "network": "broadcasting media news radio television tv",
    "newspaper": (
        "chronicle courier daily echo express gazette guardian herald independent journal ledger mail "
        "mirror news observer post star sun telegraph times tribune"
    ),
    "organisation": (
        "association centre committee council federation foundation institute league society union"
    ),
    "organization": (
        "association center committee council federation foundation institute league society union"
    ),
    "outlet": "gazette herald media news post times",
    "panel": "board commission committee council taskforce",
    "paper": (
        "chronicle courier daily echo express gazette guardian herald independent journal ledger mail "
        "mirror news observer post star sun telegraph times tribune"
    ),
    "party": "alliance bloc coalition congress democrats front labour league left movement union",
    "publisher": "books media press publishing",
    "regulator": (
        "administration agency authority board bureau commission department office ombudsman service"
    ),
    "retailer": "markets shops stores supermarkets",
    "team": "fc united",
    "think-tank": "center centre council foundation institute",
    "tribunal": "court",
    "trust": "foundation",
    "union": "association confederation congress federation front guild",
    "university": "college institute polytechnic",
    "utility": "electric electricity energy gas power water",
    "watchdog": (
        "agency authority bureau center centre commission council institute monitor observatory "
        "office ombudsman watch"
    ),
}


@cache
def named_like(noun: str) -> frozenset[str]:
    """Words in the names of bodies that newspapers call by this noun: a regulator may be an authority."""
    return frozenset(_NAMED_LIKE.get(noun, "").split())


@cache
def likes(noun: str) -> frozenset[str]:
    """Other nouns that may be used of whom this one is used of."""
    groups = [set(group.split()) for group in _ALIKE]
    groups += [{short, *nouns.split()} for short, nouns in OFFICES_SHORT.items()]
    alike = frozenset().union(*(g for g in groups if noun in g), _BROADER.get(noun, "").split())
    return alike - {noun}
