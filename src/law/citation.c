/* law/citation: sections of law as forms, rules and clocks cite them ("BNSS 187(3) proviso; CrPC 167(2)"), in
 * Hindi. The data write them in English once; the words they are made of are few and stand here. What is not
 * among them stays as it is. */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "law/law.h"

#define CITATION_MAX 1000

/* Longer ones before those they begin with. */
static const struct {
    const char *english, *hindi;
} citation_words[] = {
    {"BNSS", "बीएनएसएस"},
    {"BNS", "बीएनएस"},
    {"BSA", "बीएसए"},
    {"CrPC", "दंप्रसं"},
    {"IPC", "भादंसं"},
    {"Constitution", "संविधान"},
    {"JJ Model Rules", "किशोर न्याय आदर्श नियम"},
    {"JJ Act", "किशोर न्याय अधिनियम"},
    {"Model Rules", "आदर्श नियम"},
    {"SC/ST (PoA) Act", "अजा/अजजा (अत्याचार निवारण) अधिनियम"},
    {"SC/ST (PoA) Rules", "अजा/अजजा (अत्याचार निवारण) नियम"},
    {"POCSO Act", "पॉक्सो अधिनियम"},
    {"POCSO Rules", "पॉक्सो नियम"},
    {"POCSO", "पॉक्सो"},
    {"NDPS (Seizure, Storage, Sampling and Disposal) Rules",
        "एनडीपीएस (अभिग्रहण, भंडारण, नमूना और निपटान) नियम"},
    {"NDPS Act", "एनडीपीएस अधिनियम"},
    {"NDPS", "एनडीपीएस"},
    {"UAPA", "विधिविरुद्ध क्रियाकलाप अधिनियम"},
    {"MCOCA", "मकोका"},
    {"PC Act", "भ्रष्टाचार निवारण अधिनियम"},
    {"Police Act", "पुलिस अधिनियम"},
    {"Limitation Act", "परिसीमा अधिनियम"},
    {"Mental Healthcare Act", "मानसिक स्वास्थ्य देखरेख अधिनियम"},
    {"Criminal Procedure (Identification) Act", "दंड प्रक्रिया (शनाख्त) अधिनियम"},
    {"Rules on the registration of foreigners (Form C)", "विदेशियों के पंजीयन के नियम (प्ररूप सी)"},
    {"Rules of", "नियम"},
    {"Investigation Tracking System for Sexual Offences", "लैंगिक अपराध अन्वेषण निगरानी प्रणाली"},
    {"Guidelines of the National Human Rights Commission", "राष्ट्रीय मानव अधिकार आयोग के दिशानिर्देश"},
    {"e-Zero FIR procedure of the Home Ministry", "गृह मंत्रालय की ई-जीरो एफआईआर प्रक्रिया"},
    {"Zero FIR procedure of the Home Ministry", "गृह मंत्रालय की जीरो एफआईआर प्रक्रिया"},
    {"Home Ministry procedure", "गृह मंत्रालय की प्रक्रिया"},
    {"second proviso", "दूसरा परंतुक"},
    {"third proviso", "तीसरा परंतुक"},
    {"proviso", "परंतुक"},
    {"Explanation", "स्पष्टीकरण"},
    {"article", "अनुच्छेद"},
    {"section", "धारा"},
    {"rule", "नियम"},
    {"Form", "प्ररूप"},
    {"SC", "उच्चतम न्यायालय"},
    {"January", "जनवरी"},
    {"August", "अगस्त"},
    {"November", "नवंबर"},
    {"Lalita Kumari", "ललिता कुमारी"},
    {"Arnesh Kumar", "अर्नेश कुमार"},
    {"D.K. Basu", "डी.के. बसु"},
    {"Satender Kumar Antil", "सतेंदर कुमार अंतिल"},
    {"Mihir Rajesh Shah", "मिहिर राजेश शाह"},
    {"Rakesh Kumar Paul", "राकेश कुमार पॉल"},
    {"Sarah Mathew", "सारा मैथ्यू"},
    {"Anupam Kulkarni", "अनुपम कुलकर्णी"},
    {"Bachpan Bachao Andolan", "बचपन बचाओ आंदोलन"},
    {"ED v. Kapil Wadhawan", "प्रवर्तन निदेशालय वि. कपिल वधावन"},
    {"In re Inhuman Conditions", "अमानवीय दशाओं के विषय में"},
    {"In re Policy Strategy for Grant of Bail", "जमानत की नीति के विषय में"},
};

const char *law_citation(struct arena *arena, const char *citation, enum lang lang)
{
    if (lang != LANG_HI || !citation) return citation;
    struct buf words;
    buf_init(&words, arena, CITATION_MAX);
    for (const char *at = citation; *at;) {
        const char *hindi = NULL;
        bool starts = at == citation || !isalnum((unsigned char)at[-1]);
        for (size_t i = 0; starts && i < sizeof citation_words / sizeof citation_words[0] && !hindi; i++) {
            size_t n = strlen(citation_words[i].english);
            if (strncmp(at, citation_words[i].english, n) != 0 || isalnum((unsigned char)at[n])) continue;
            hindi = citation_words[i].hindi;
            at += n;
        }
        buf_puts(&words, hindi);
        if (!hindi) buf_putc(&words, *at++);
    }
    return words.data;
}
