/* What names sound like, script by script and rule by rule, with the linguistic reason beside each; and
 * names that must stay apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "search/distance.h"
#include "search/word.h"

struct world { struct arena *arena; struct rules *rules; };

static int setup(void **state)
{
    static struct world world;
    world.arena = arena_new(4 << 20);
    world.rules = rules_new();
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;
    rules_free(world->rules);
    arena_free(world->arena);
    return 0;
}

/* As the register does: the first token of the text. */
static struct word word_of(const struct world *world, const char *text)
{
    struct tokens tokens;
    struct word word;
    tokens_read(text, strlen(text), &tokens);
    assert_true(tokens.count >= 1);
    word_make(world->rules, tokens.list[0].text, tokens.list[0].bytes, &word);
    return word;
}

static const char *phones_text(const struct world *world, const char *name)
{
    static const char *const letters[PHONE_COUNT] = {
        [P_K] = "k", [P_KH] = "kh", [P_G] = "g", [P_GH] = "gh", [P_C] = "c", [P_CH] = "ch", [P_J] = "j",
        [P_JH] = "jh", [P_T] = "t", [P_TH] = "th", [P_D] = "d", [P_DH] = "dh", [P_P] = "p", [P_F] = "f",
        [P_B] = "b", [P_BH] = "bh", [P_V] = "v", [P_M] = "m", [P_N] = "n", [P_NG] = "ng", [P_R] = "r",
        [P_RD] = "rd", [P_L] = "l", [P_LZ] = "zh", [P_S] = "s", [P_SH] = "sh", [P_Z] = "z", [P_H] = "h",
        [P_Y] = "y", [P_JY] = "jy", [P_KX] = "K", [P_CX] = "C", [P_TX] = "T", [P_PX] = "P", [P_A] = "a",
        [P_A1] = "a", [P_AA] = "aa", [P_AO] = "o", [P_AF] = "(a)", [P_I] = "i", [P_II] = "ii", [P_U] = "u",
        [P_UU] = "uu", [P_E] = "e", [P_AI] = "ai", [P_O] = "o", [P_AU] = "au", [P_WX] = "W", [P_YX] = "Y",
        [P_AX] = "A", [P_NX] = "~", [P_IX] = "I", [P_OI] = "oi",
    };
    struct word word = word_of(world, name);
    struct buf buf;
    buf_init(&buf, world->arena, 200);
    for (uint8_t i = 0; i < word.fold.count; i++) buf_printf(&buf, "%s%s", i ? " " : "",
        letters[word.fold.phones[i]]);
    return buf.data;
}

struct golden { const char *name, *phones, *reason; };

static void golden_check(const struct world *world, const struct golden *golden, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(phones_text(world, golden[i].name), golden[i].phones) != 0)
            fail_msg("%s is heard %s, not %s: %s", golden[i].name, phones_text(world, golden[i].name),
                golden[i].phones, golden[i].reason);
}

static void every_script_is_heard(void **state)
{
    static const struct golden golden[] = {
        {"राम", "r aa m", "the last consonant of a Hindi word carries no vowel"},
        {"राजपाल", "r aa j p aa l", "schwa deletion: V C a C V loses its a"},
        {"कमला", "k a m l aa", "schwa deletion before a long vowel"},
        {"सिंह", "s i ng", "anusvara before final h is heard ng"},
        {"संभव", "s a m bh a v", "anusvara before a labial is m; the a before the last consonant stays"},
        {"चाँद", "c aa ~ d", "the half moon nasalises"},
        {"मियां", "m i y aa ~", "and so does the dot at the end of a Hindi word"},
        {"ज्ञान", "g y aa n", "the ligature of j and ny is said gy"},
        {"कृष्ण", "k r I sh n", "vocalic r is said ri in the north, ru in the west and south"},
        {"बड़ा", "b a rd aa", "a dot below makes d a flap"},
        {"बड़ा", "b a rd aa", "the legacy letter with its dot built in is the same"},
        {"गाय", "g ai", "a with a y that has no vowel is a diphthong"},
        {"इस्माइल", "i s m ai l", "a with an i behind it is heard as one, as Latin writes it"},
        {"ഇസ്മായിൽ", "i s m ai l", "with a y between them as well"},
        {"रऊफ", "r au f", "a with a u behind it"},
        {"जननी", "j a n a n ii", "between two equal consonants a short syllable keeps its a"},
        {"রামমোহন", "r aa m o h o n", "behind a long one it does not: Rammohan"},
        {"सिङ्ग", "s i ng", "ng at the end, however it is written"},
        {"उरांव", "u r aa W n", "a nasal long a before a final v is heard as in gaon, uraon"},
        {"রাম", "r aa m", "Bengali drops the last vowel as Hindi does"},
        {"যাদব", "jy aa d o b", "bare ya is said j in Bengali and written y elsewhere"},
        {"শ্যামল", "sh y aa m o l", "the inherent vowel of the East is o"},
        {"সঞ্জয়", "s o n j oi", "and with a y it is oi: Sanjoy is Sanjay"},
        {"ওয়াহিদ", "v aa h i d", "Bengali has no letter for w and writes oy"},
        {"মনোয়ার", "m o n o v aa r", "inside a word the o is heard as well"},
        {"ইয়াকুব", "y aa k u b", "nor one for a y that begins a word"},
        {"বাঙালি", "b aa n g aa l i", "nga with a vowel of its own is n and g"},
        {"অ্যান্টনি", "a n t o n i", "the English a, written with a subscribed y"},
        {"ৰমেন", "r o m e n", "Assamese has its own ra"},
        {"ਸਿੰਘ", "s i ng", "Gurmukhi tippi before final gh"},
        {"ਜੰਮੂ", "j a m uu", "and before m, which it doubles"},
        {"રમેશ", "r a m e sh", "Gujarati: parallel to Devanagari without the line"},
        {"ରମେଶ", "r o m e sh", "Odia: the inherent vowel is o"},
        {"முருகன்", "m u r u K a n", "Tamil writes k, g and h with one letter"},
        {"தமிழ்", "T a m i zh", "Tamil has the retroflex approximant"},
        {"மீனாட்சி", "m ii n aa k sh i", "ksh has no letters of Tamil's own"},
        {"இராமன்", "r aa m a n", "no old Tamil word begins with r, so an i is written before it"},
        {"வெற்றி", "v e t r i", "a doubled alveolar r is said tr"},
        {"ஞானம்", "g y aa n a m", "ny at the beginning is written gn: Gnanam"},
        {"கெளரி", "K au r i", "the right half of au typed as the letter it looks like"},
        {"రాముడు", "r aa m u d u", "Telugu keeps the vowels at the end"},
        {"రామ", "r aa m (a)", "and the inherent vowel at the end, which Hindi drops"},
        {"ರಮೇಶ್", "r a m e sh", "Kannada: the virama takes the vowel away"},
        {"രാജൻ", "r aa j a n", "Malayalam chillu letters carry no vowel"},
        {"ജോർജ്", "j o r j", "chillu r before a consonant"},
        {"സ്റ്റാലിൻ", "s t aa l i n", "a doubled alveolar r is said tt"},
        {"ഹംസ", "h a m s (a)", "the dot of Malayalam is an m"},
        {"احمد", "A h m d", "Urdu writes no short vowels"},
        {"اکبر", "A k b r", "initial alif is any short vowel"},
        {"گھوش", "gh W sh", "the letter of two eyes gives breath"},
        {"وسیم", "v s Y m", "vav at the beginning is a consonant, ye inside may be a vowel"},
        {"رانی", "r aa n Y", "alif inside a word is a long a"},
        {"ممتاز", "m a m t aa z", "a doubled consonant is written once, so between two stands a vowel"},
        {"اللہ", "A l (a)", "but for the name of God"},
        {"الرحمن", "r h m n", "the article belongs to the noun and is often left out"},
        {"الطاف", "A l t aa f", "what begins like an article and is none"},
        {"رحمۃاللہ", "r h m t aa l (a)", "the t that is silent at the end is said before a vowel"},
        {"ᱥᱤᱫᱳ", "s i d o", "Ol Chiki is an alphabet: each letter one sound"},
        {"ꯔꯃꯦꯁ", "r a m e s", "Meetei Mayek consonants carry an a"},
    };
    golden_check(*state, golden, sizeof golden / sizeof golden[0]);
}

static void latin_is_heard_as_indians_write_it(void **state)
{
    static const struct golden golden[] = {
        {"ramesh", "r a m e sh", "Latin digraphs are one sound"},
        {"seeta", "s ii t (a)", "ee is long i"},
        {"vijay", "v i j ai", "ay with no vowel behind"},
        {"xavier", "z a v ii r", "x at the beginning is z"},
        {"jnana", "g y a n (a)", "jn is said gy"},
        {"rajnath", "r a j n a th", "but here j ends one part of the name and n begins the other"},
        {"rajni", "r a j n i", "and before i"},
        {"azhar", "a z h a r", "z and h, two letters in Urdu"},
        {"azhagan", "a zh a g a n", "zh, one letter in Tamil"},
        {"christopher", "k r i s t o f e r", "ch of Greek names"},
        {"haque", "h a k", "q of Arabic names spelt in English"},
        {"ramaiah", "r a m a y a h", "ai before a has its i as a y"},
        {"sayeed", "s ai d", "ay before i is one vowel"},
        {"angkita", "a ng k i t (a)", "ng before k is the nasal of k"},
        {"phool", "f uu l", "ph and f are one letter for most writers"},
        {"Śiva", "s i v (a)", "scholars' marks are dropped"},
    };
    golden_check(*state, golden, sizeof golden / sizeof golden[0]);
}

/* Likeness by sound in per cent, as the search counts it. */
static int likeness(const struct world *world, const char *a, const char *b)
{
    struct word left = word_of(world, a), right = word_of(world, b);
    const struct phone_costs *costs = rules_costs(world->rules);
    bool is_free = left.fold.vowels_free || right.fold.vowels_free;
    struct distance_costs sound = {costs->swap, is_free ? costs->drop_free : costs->drop, COST_UNIT / 2};
    int cost = distance_one(&sound, left.fold.phones, left.fold.count, right.fold.phones, right.fold.count);
    float length = 0.62f * (left.fold.count > right.fold.count ? left.fold.count : right.fold.count);
    return (int)(100 - 100 * (float)cost / COST_UNIT / (length < 2.2f ? 2.2f : length));
}

static void one_name_is_one_sound(void **state)
{
    static const struct { const char *a, *b; int least; const char *reason; } pairs[] = {
        {"राम", "Ram", 97, "script"}, {"রাম", "ராம்", 94, "two scripts"}, {"رام", "राम", 94,
            "Urdu and Hindi"},
        {"Mohd", "Mohammad", 100, "abbreviation"}, {"Muhammed", "محمد", 80, "no vowels in Urdu"},
        {"Chaudhary", "Chowdhury", 100, "one name by rule"}, {"Sita", "Seeta", 97, "i and ee"},
        {"Sita", "Sitha", 94, "t and th"}, {"Ajay", "Ajai", 97, "ay and ai"}, {"सिंह", "Singh", 97, "singh"},
        {"Vikas", "Bikash", 80, "v and b, s and sh in the East"}, {"मुरुगन", "முருகன்", 90, "g and k"},
        {"Lakshmi", "Laxmi", 100, "ks and x"}, {"Gyan", "Jnan", 100, "one ligature"},
        {"ज़ाकिर", "जाकिर", 94, "the dot is left out"}, {"Yadav", "যাদব", 80, "ya said ja"},
        {"Alagar", "Azhagar", 94, "zh and l"}, {"D'Souza", "Dsouza", 100, "apostrophe"},
        {"फूल", "phool", 97, "ph"},
        {"बंटी", "Bunty", 90, "English ears write a short a as u"},
        {"दत्त", "Dutt", 90, "the same in an old spelling"}, {"उरांव", "Uraon", 90, "v after a nasal a"},
        {"Md", "मो", 100, "both short for the Prophet's name"},
        {"Rajnath", "राजनाथ", 97, "jn of two parts"}, {"Azhar", "اظہر", 90, "z and h"},
        {"Azhar", "अजहर", 94, "the dot below is left out"}, {"Mumtaz", "ممتاز", 90, "m with a vowel between"},
        {"Ismail", "ইসমাইল", 97, "a and i"}, {"Junaid", "জুনাইদ", 97, "the same"},
        {"Sanjoy", "संजय", 94, "the East's o"}, {"Roy", "রায়", 97, "and the surname"},
        {"Bhosle", "भोंसले", 90, "a nasal vowel that Latin leaves out"},
        {"Amruta", "अमृता", 94, "ru in the west"}, {"Amrita", "अमृता", 94, "ri in the north"},
        {"Monowar", "মনোয়ার", 94, "w"}, {"Stalin", "സ്റ്റാലിൻ", 94, "tt"},
        {"Hashim", "ഹാഷിം", 94, "m at the end"},
        {"Azhagan", "अझगन", 85, "zh read as jh by a Hindi clerk"},
        {"George", "जॉर्ज", 90, "English spelling"},
        {"Ramaiah", "రామయ్య", 85, "Telugu -ayya"}, {"Haq", "الحق", 94, "the article left out"},
        {"Banerjee", "ব্যানার্জি", 100, "English spelling"},
        {"Rao", "రావు", 100, "v and u, or o"},
        {"Mohammed", "முகமது", 100, "by rule, in every script"},
        {"Baruah", "বৰুৱা", 85, "the glide of Assam"},
        {"Kunju", "കുഞ്ഞു", 80, "a doubled ny"}, {"Kunhi", "കുഞ്ഞി", 80, "the same in Malabar"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (likeness(*state, pairs[i].a, pairs[i].b) < pairs[i].least)
            fail_msg("%s and %s are only %d alike: %s", pairs[i].a, pairs[i].b,
                likeness(*state, pairs[i].a, pairs[i].b), pairs[i].reason);
}

static void other_names_stay_apart(void **state)
{
    static const struct { const char *a, *b; int most; const char *reason; } pairs[] = {
        {"राम", "रमा", 93, "length of both vowels"}, {"कमल", "कमला", 93, "the long a of a woman's name"},
        {"Anil", "Anila", 95, "an a at the end is weak evidence, not none"},
        {"सीता", "सविता", 85, "a syllable more"}, {"Kumar", "Kumari", 93, "the i of a woman's name"},
        {"Rajesh", "Rakesh", 85, "j and k"}, {"Ramesh", "Suresh", 85, "the stem"},
        {"Sunil", "Sushil", 85, "n and sh"}, {"Mohan", "Sohan", 85, "m and s"}, {"Anita", "Sunita", 90, "su"},
        {"Dinesh", "Ganesh", 85, "d and g"}, {"Mahesh", "Mukesh", 85, "h and k"}, {"Asha", "Usha", 90,
            "a and u"},
        {"Ali", "Ila", 80, "order of vowels"}, {"Ravi", "Rani", 85, "v and n"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (likeness(*state, pairs[i].a, pairs[i].b) > pairs[i].most)
            fail_msg("%s and %s are %d alike: %s", pairs[i].a, pairs[i].b,
                likeness(*state, pairs[i].a, pairs[i].b), pairs[i].reason);
}

static void what_is_written_inside_a_word_is_not_of_it(void **state)
{
    static const char *const same[][2] = {
        {"क्ष\xE2\x80\x8Dमा", "क्षमा"},             /* zero-width joiner */
        {"राम\xE2\x80\x8Cलाल", "रामलाल"},           /* and non-joiner */
        {"\xE0\xA5\x98\xE0\xA4\xBE\xE0\xA4\xA6\xE0\xA4\xB0", "क़ादर"}, /* legacy qa */
        {"RAM", "ram"}, {"Ra\xCC\x81m", "ram"}, {"مُحَمَّد", "محمد"}, {"علي", "علی"},
    };
    const struct world *world = *state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct word a = word_of(world, same[i][0]), b = word_of(world, same[i][1]);
        assert_int_equal(a.bytes, b.bytes);
        assert_memory_equal(a.text, b.text, a.bytes);
    }
}

/* The kernel that compares 64 words at once must count as the plain one does. */
static void both_kernels_agree(void **state)
{
    const struct phone_costs *costs = rules_costs(((struct world *)*state)->rules);
    struct distance_costs sound = {costs->swap, costs->drop, COST_UNIT / 2};
    uint32_t seed = 12345;
    for (int round = 0; round < 200; round++) {
        struct distance_rows rows = {0};
        uint8_t word[PHONES_MAX], at_once[LANES];
        uint8_t n = (uint8_t)(round % (PHONES_MAX + 1));
        for (int i = 0; i < PHONES_MAX;
            i++) word[i] = (uint8_t)(1 + (seed = seed * 1664525 + 1013904223) % (PHONE_COUNT - 1));
        for (int lane = 0; lane < LANES; lane++) {
            rows.counts[lane] = (uint8_t)((lane + round) % (PHONES_MAX + 1));
            for (uint8_t k = 0; k < rows.counts[lane]; k++) {
                seed = seed * 1664525 + 1013904223;
                rows.signs[lane][k] = seed >> 24 & 1 && k < n ? word[k]
                    : (uint8_t)(1 + (seed >> 8) % (PHONE_COUNT - 1));
            }
            if (rows.counts[lane] > rows.longest) rows.longest = rows.counts[lane];
        }
        distance_run(&sound, word, n, &rows, at_once);
        for (int lane = 0; lane < LANES; lane++)
            assert_int_equal(at_once[lane], distance_one(&sound, word, n, rows.signs[lane],
                rows.counts[lane]));
    }
}

/* As the keys of a segment: of one all ways to leave a letter out, held against all of the other. */
static bool some_ways_agree(const struct word *a, const struct word *b)
{
    for (size_t i = 0; i <= a->bytes; i++)
        for (size_t k = 0; k <= b->bytes; k++) {
            char left[TOKEN_BYTES_MAX] = "", right[TOKEN_BYTES_MAX] = "";
            size_t n = 0, m = 0;
            for (size_t at = 0; at < a->bytes; at++) if (at != i) left[n++] = a->text[at];
            for (size_t at = 0; at < b->bytes; at++) if (at != k) right[m++] = b->text[at];
            if (n == m && memcmp(left, right, n) == 0) return true;
        }
    return false;
}

static bool some_consonants_agree(uint64_t a, uint64_t b)
{
    int n = consonants_count(a), m = consonants_count(b);
    for (int i = -1; i < (n >= 2 ? n : 0); i++)
        for (int k = -1; k < (m >= 2 ? m : 0); k++)
            if ((i < 0 ? a : consonants_without(a, i)) == (k < 0 ? b : consonants_without(b, k))) return true;
    return false;
}

/* What is filed last is found by comparing word with word, what is on disk by keys: both must meet the
 * same. */
static void words_meet_as_their_keys_do(void **state)
{
    static const char letters[] = "rmkaisn";
    uint32_t seed = 99, met = 0;
    for (int round = 0; round < 40000; round++) {
        struct word words[2];
        for (int w = 0; w < 2; w++) {
            char text[8];
            size_t n = 3 + (seed = seed * 1664525 + 1013904223) % 4;
            for (size_t i = 0; i < n; i++)
                text[i] = letters[((seed = seed * 1664525 + 1013904223) >> 16) % (sizeof letters - 1)];
            word_make(((struct world *)*state)->rules, text, n, &words[w]);
        }
        uint64_t a = fold_consonants(&words[0].fold), b = fold_consonants(&words[1].fold);
        assert_int_equal(consonants_meet(a, b), some_consonants_agree(a, b));
        assert_int_equal(word_letters_meet(&words[0], &words[1]), some_ways_agree(&words[0], &words[1]));
        met += word_letters_meet(&words[0], &words[1]);
    }
    assert_true(met > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_script_is_heard),
        cmocka_unit_test(latin_is_heard_as_indians_write_it),
        cmocka_unit_test(one_name_is_one_sound),
        cmocka_unit_test(other_names_stay_apart),
        cmocka_unit_test(what_is_written_inside_a_word_is_not_of_it),
        cmocka_unit_test(both_kernels_agree),
        cmocka_unit_test(words_meet_as_their_keys_do),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
