"""Words that begin with a capital in plans without being anybody's name: common ones, places, and things with names."""

from actionplans.importing.understanding.words import vocabulary

# Base forms; `is_plain` knows their endings.
PLAIN = vocabulary(
    """a able about above absconding absence absolute abuse academic accept access accident accommodate accord
    account accredit achieve acquire across act action active activity actual add addict address adequate admission
    admit adolescent adopt advance advert advice advise advocacy advocate affect after again against agenda agile
    agree ahead aid aim alert all allocate allow along already also alternate alternative always am ambition amend
    among amount an analgesia analyse analysis analyst and annual another answer anti any app appeal appendix apply
    appoint appointee appraise approach appropriate approval approve archive are area arrange arrest arrive as ask
    aspect assault assertive assess assessor asset assign assist associate assume assure asylum at attach attempt
    attend attention attitude audience audit author autism autistic avail available avoid await award aware away
    baby back background balance bame ban band bank barrier base basic basis be became because become bed bedroom
    been before began begin behalf behave behaviour being below benchmark benefit bespoke best better between beyond
    bid big black blue board body book booklet boost border borderline both box branch breach break bridge brief
    bring broad brochure bronze brought buddy budget build bulletin buprenorphine burden business but buy by cab
    cafe caldicott call campaign can capable capacity capital car card cardiff care career carry case cause cctv
    celebrate cell central centre certain certify chair challenge champion chance change channel chapter charge
    charity chart charter chase check checklist chief child choice choose circle circulate city civic civil claim
    clarify class clear clerk client clinic clinical clinically clinician close closure cluster coach coast code
    cohesion cohort collaborate collaborative collate colleague collect college combine come commence comment
    commission commit committee common comms communicate community compact company compare compass competent
    complain complaint complete complex compliance comply compose concept concern concierge conclude concordat
    condition conduct conference confident confidential confirm conflict connect consent consider consist constable
    constant construct consult contact contain content context contingency continue contract contribute control
    convene convey cooperate coordinate cope copy core coroner corporate correct cost could council counsel count
    country county course court cover covid cpn create credible crime criminal crisis criteria critical cross
    crystal culture current curriculum custody custom customer cut cycle daily damage danger dashboard data date
    datix day deaf deal death debate debt decide decision declare dedicate deep define degree delay delegate deliver
    demand dementia demonstrate department depend deploy deposit depress deprivation describe design desire desk
    detail detain detention determine detox develop diagnosis diagnostic did die differ different difficult digital
    dignity diploma direct disabled discharge discuss disease disorder display dispose disseminate distress district
    diverse divert divide do document does domain domestic done door double down draft drive drop drop-in dropin
    drug dual due duty each ear early earn ease east easy eat economic eden edge edit educate effect efficient
    effort eight elder elearning elect electronic eligible email embed emblem emerge emergency emis emotional
    empathy emphasis employ empower enable encounter encourage end engage england english enhance enough ensure
    enter enterprise entry environment equal equalities equip equity error escalate escalator escort essential
    establish estimate ethic ethnic evaluate even evening event ever every evidence exam example excel exception
    exchange exclude execute exercise exist exit expand expect expedite experience experiential expert expire
    explain explore expose express extend external extra eye face facebook facility fact factor fail fair faith fall
    family far fast father feasible feature feed feedback feel fellow female few field fifth figure file fill final
    finance find fine finish fire firm first fit five fix flag flexible flow focus follow food for force forensic
    form format forum forward found foundation four fourth frail frame framework free frequent fresh friday friend
    from front fte full function fund further future gain gap gate gateway gather gave general generate get give
    glossary go goal gold gone good got govern governance government grade graduate grant great green grey ground
    group grow guarantee guardian guidance guide had half hand handbook handle handover happen hard harm has hate
    have hbpos he head headline health healthy hear heart held help helpline her here high highlight him his history
    hold holiday holistic home homeless homelessness honest hope hospital host hot hour house household housing hub
    human hundred i iapt idea ideal identify if ill image immediate impact implement important improve in
    inappropriate incident include income increase independent index indicate individual induct industry inequality
    infographic inform infrastructure initial initiate initiative inpatient inquest inquiry insight inspect instead
    institute instruct integral integrate integrity intelligence intend intense intent inter interest interface
    interim internal international internet interpret intervene interview into intoxicate intranet introduce invest
    investigate invite involve is isolate issue it item its itself jcpmh job join joint journey judge judicial july
    june jury just justice keep key kind kit know knowledge kpi label lack lady land language large last late later
    launch law lay lead leader leaders leaflet learn leave led left legal legislate length lesson let letter level
    liaise liaison library licence licensed life lift light like limit line link linkedin liquid list listen
    literacy literature little live local locality locate locum lodge log logo long look lose loss lot love low
    loyal machine made magistrate mail main maintain major make male man manage mandate mandatory manifest manner
    manual many map march mark market mass master match material matter may me mean measure media medic medicine
    medium meet member memo memorandum men mental mention mentor merge message met method metric metro metropolitan
    mhfa microsoft mid middle midnight midwife might migrate mile military mind mini minimum minister ministry minor
    minute misc miss mission mobile mobilise model moderate modern module monday money monitor month mood more
    morning most mother motion move multi multiagency multiple must my naloxone narrative nation national native
    natural near necessary need negative negotiate neighbour neighbourhood neither network neuro never new news
    newsletter next nice night nine no nobody nominate non none nor norm normal north not note nothing notice notify
    now number nurse oak object objective oblige observe obtain occasion occupy occur of off offence offend offender
    offer office officer ofsted often old on once one ongoing online only onset onto onward open operate opinion
    opportunity oppose optimal option or order organic organise orient origin other ought our out outcome outline
    outlook output outreach outside outstanding over overall overdue overnight oversee oversight overview own pack
    package page pan panel paper papyrus paramedic parent parity part partial participate partner party pass past
    pastoral path pathway patient patrol pattern pause pay pdf peer peer-led people per perceive percent perform
    perhaps perinatal period permanent permit person phase phone photo physical pick pilot place placement plan
    playbook plus pocket podcast point police policy political pool poor popular population portal pose position
    positive possible post poster potential poverty power powerpoint practical practice practise practitioner pre
    precise prefer pregnant prepare prescribe present press pressure prevent preventative previous primary prime
    principal principle print prior priority prison private pro proactive probable problem procedure proceed process
    procure produce product profession professional profile proforma program programme progress project promise
    promote prompt proof proper property proportion propose prosecute protect protocol proud prove provide province
    provision psychiatric psychiatrist psychiatry psychologist psychology psychosis psychosocial public publicise
    publish pull pupil purchase pure purpose push put q qr qualify qualitative quality quantitative quantity quarter
    question questionnaire quick quiet quit quote race radio raise range rape rapid rapporteur rate rather ratify
    ratio rational re reach react read ready real realise really reason reasonable reassure receive recent reception
    recognise recommend record recover recruit recycle red reduce refer referral reflect reform refresh refuge
    refugee refurbish refuse regard regardless region register regular regulate rehab rehabilitate reinforce relapse
    relate release relevant reliable relief religion rely remain remand remember remind remit remote remove renew
    repair repatriate repeat replace replicate report represent request require rescue research reserve reside
    residence resident residential resilience resilient resolve resource respect respite respond response rest
    restrain restraint restrict result resume retain retire return review revise right ring rio risk river road
    robust role roll rollout room root rota rotate round route routine rule run rural safe safeguard said sale same
    sample satisfy saturday save say scale scene schedule scheme school scope score screen script search season
    second secondary secret section sector secure see seek seem seen segment select self send senior sense sensitive
    separate sequence serene serenity serial serious serve service session set seven several severe sex shadow shall
    shape share sharepoint she sheet shelter shift shop short shortfall should show side sign signatory signature
    significant signpost silver silvercloud similar simple simulate since single sister sit site situation six size
    skill skype sleep slight slow small smart smoke snapshot so sober social society soft software solution some
    someone soon sort source south spare speak special specific specification specimen spend split spoke sponsor
    sport spot spread spreadsheet spring staff stage stakeholder stand standard standby star start state statement
    station statistic status statute statutory stay steer step stepdown stigma still stock stocktake stop storage
    store story strand strategy stream streamline street strength strengthen stress stretch strict strike strive
    strong structure student study sub subcontract subgroup subject submit subregion subsequent subset substance
    succeed success such sudden suffer sufficient suggest suicide suit suitable suite sum summarise summary summer
    summit sunday super supervise supplement supply support sure surgery surplus surround survey survive suspect
    suspend sustain swift switch symposium symptom synergy system systmone table tackle tactic take takeaway talk
    target task taskforce taxi teach team tech technical technique technology teen telecare teleconference telephone
    tell template ten tenancy tenant tender term test text than thank that the their them theme then therapist
    therapy there these they thing think third this those though thousand thread three threshold thrive through
    throughout thursday thus ticket tie tier tight time timeline timely timetable tip title to today toe together
    told tolerance tomorrow too took tool toolbox toolkit top topic total touch toward town track tracker trade
    tradition traffic trailblazer train transfer transform transit transition translate transport trauma travel
    treat treatment trend triage trial triangle tribunal trigger trip trouble true trust truth try tuesday turn
    turnaround twelve twenty twice twin twitter two type under understand underway unit universal university unless
    unplanned until unusual up update upgrade uplift upload upon urgent us usage use user usual utilise valid
    valuable value van vanguard vary vast vehicle venture venue verbal verify version very veteran via viable vice
    victim video view vignette village vision visit vital voice volume voluntary volunteer vote vulnerable wait walk
    wall wallet want ward warn was watch water way we weapon web webinar webpage website wednesday week weekend
    weekly weight welcome welfare well wellbeing went were west what whatsapp wheel when where whether which while
    white who whole whom whose why wide widen will win winter wish with withdraw within without witness woman women
    wonder word work workbook workflow workforce workload workplace workshop workstream world would write wrong year
    yellow yes yet you young your youth zero zone zoom"""
)
ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "ly",
    "r",
    "er",
    "ers",
    "rs",
    "al",
    "ment",
    "ments",
    "ation",
    "ations",
    "ion",
    "ions",
    "ive",
)
# Surnames that are words as well: with a forename, an initial or a title before them they are a person's.
ALSO_SURNAMES = vocabulary(
    """bailey baker ball bank banks barber barnes barron beck bell bellamy berry best bird bishop black bond booth
    bow bower bridge bright brook brooks brown burns bush butcher butler care carer carers carter cash chambers
    chance chandler chase child childs church clay close coates coles cook cooper court craft cross crow dale dance
    day dean drake duke east faith farmer field fields finch fisher flood flower flowers ford forrest fowler fox
    frost fry fuller gale gardener gardner gates gilbert glover gold goldsmith good goode grant graves gray green
    grey hall hammond hand hardy hawk hay haywood head heath herd hill hogg holder holiday hood hope horn house hunt
    hunter hurst ivory jewel jolly judge justice keen key king kirk knight lake lamb lane law lawless leach lilly
    little lock long lord love loveless major mann march mark marks marshall mason may mead meadows medley mercer
    mill miller mills moody moon moore moss neighbour newman nightingale noble noon north nurse oak page paine
    parish park parks parry partridge peacock pearce penny perry pike pitt place pool poole pope porter potter pound
    power powers pratt price prince quick read reed rice rich ridge ring rivers rock rose rowan royal rudd rush sage
    salt savage sawyer school self sergeant sharp sharpe shepherd shields short silver singer skinner slater small
    smith snow south sparks spear speed spencer spring squire stanton staples steel steer sterling stock stone story
    street strong styles summer swan sweet swift tanner taylor teal temple thorne tiller tower town townsend trainer
    tree trench trigger tuck turner tyler usher vale vance verity vine walker wall wallace walls ward ware warner
    water waters way weaver webb welch wells west wheeler white wills winter winters wise wolf wood woods worth wren
    wright yard yates young"""
)
# What is named after somebody: "Caroline Thorpe Ward", "Mary Seacole House".
THINGS = vocabulary(
    """academy act alliance ambulance arena association avenue award board borough bridge building cafe café campus
    ccg center centre charity charter church cic city clinic close college committee constabulary cottage council
    county court crescent day disease district drive enquiry estate farm federation fields forest forum foundation
    ft fund garden gardens gate green group hall helpline hill hospice hospital hotel house hub icb index infirmary
    inquiry institute lane law lecture library limited llp lodge ltd medal memorial method mews model network nhs
    park partnership pct place plan plans plc police practice principles programme project protocol questionnaire
    recommendations report review road rooms rule scale scheme school service services society square stadium
    station strategy street suite surgery syndrome team terrace test theatre tool tower town trust unit university
    villa villas ward way week wing wood"""
)
PLACES = vocabulary(
    """albans aldershot andover anglia arundel ashford avon barking barnet barnsley barrow basildon basingstoke
    bassetlaw bath bedford bedfordshire berkshire bexley birmingham blackburn blackpool bolton bootle boston
    bournemouth bracknell bradford brent bridgwater brighton bristol britain bromley broxbourne buckinghamshire
    burnley burton bury buxton calderdale cambridge cambridgeshire camden cannock canterbury carlisle chatham
    chelmsford chelsea cheltenham cheshire chester chesterfield chichester christchurch cleveland colchester corby
    cornwall coventry craven crawley croydon cumbria dacorum dagenham darlington dartford darwen daventry derby
    derbyshire devon doncaster dorchester dorset dover dudley durham ealing eastbourne ely enfield england epsom
    essex europe evesham exeter falmouth fareham farnborough fenland folkestone forest fulham gateshead gillingham
    gloucester gloucestershire gosport grantham gravesend great greenwich grimsby guildford hackney halifax halton
    hambleton hamlets hammersmith hampshire haringey harlow harrogate harrow hartlepool hastings hatfield havant
    havering helens hemel hempstead hereford herefordshire hertfordshire hertsmere hillingdon horsham hounslow hove
    huddersfield hull humber humberside huntingdon huntingdonshire ipswich ireland isle islington kendal kensington
    kent kettering keynes kingdom kings kingston kirklees knowsley lambeth lancashire lancaster leamington leeds
    leicester leicestershire letchworth lewes lewisham lichfield lincoln lincolnshire liverpool london lowestoft
    luton lynn maidenhead maidstone malvern manchester mansfield margate medway mersey merseyside merton
    middlesbrough midlands milton newark newbury newcastle newham norfolk northampton northamptonshire northshire
    northumberland norwich nottingham nottinghamshire nuneaton oakfield oldham ouse oxford oxfordshire paignton
    pennine pennines penzance peterborough plymouth poole portsmouth preston reading redbridge redcar redhill
    reigate richmond rochdale rother rotherham rugby rutland ryedale salford salisbury sandwell scarborough scillies
    scilly scotland scunthorpe sefton selby sevenoaks severn sheffield shrewsbury shropshire skegness slough
    solihull somerset southampton southend southport southwark stafford staffordshire stevenage stockport stockton
    stoke stratford stroud suffolk sunderland surrey sussex sutton swale swindon tameside tamworth taunton tees
    teesside telford tewkesbury thames thanet thetford thurrock torbay torquay tower trafford trent truro tunbridge
    tweed tyne tyneside wakefield wales walsall waltham wandsworth warrington warwickshire watford wealden wear
    wellingborough welwyn westmarch westminster weymouth whitby wigan wight wiltshire winchester windsor wirral
    wisbech woking wokingham wolverhampton worcester worcestershire worksop worthing wrekin yarmouth yeovil york
    yorkshire"""
)
MONTHS_AND_DAYS = vocabulary(
    """apr april aug august autumn christmas dec december diwali easter eid feb february fri friday hanukkah jan
    january jul july jun june mar march may mon monday nov november oct october ramadan sat saturday sep sept
    september spring summer sun sunday thu thur thurs thursday tue tues tuesday wed wednesday winter"""
)


def is_plain(word: str) -> bool:
    """Whether a word, in small letters, is a common one, with or without an ending."""
    if word in PLAIN:
        return True
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            if stem in PLAIN or f"{stem}e" in PLAIN or f"{stem}y" in PLAIN:
                return True
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in PLAIN:
                return True
    return word.endswith("ies") and f"{word[:-3]}y" in PLAIN
