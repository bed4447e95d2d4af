// One case with everything that is printed of it: long Hindi texts, conjuncts, persons and things by reference, covered
// names. All people are invented.
import { minutesAgo } from './bodies.mjs';

export const STORY = 'प्रार्थिया ने थाना उपस्थित होकर मौखिक रिपोर्ट दर्ज कराई कि दिनांक 21.11.2026 की रात्रि लगभग 11:30 बजे वह अपने परिवार सहित घर में '
  + 'सो रही थी। प्रातः 05:00 बजे उठने पर देखा कि घर के पीछे का दरवाजा टूटा हुआ था, आलमारी का लॉकर खुला था और उसमें रखे सोने का मंगलसूत्र, चाँदी की पायल '
  + 'तथा नकद ₹25,000 नहीं थे। आँगन में खड़ी मोटरसाइकिल हीरो स्प्लेंडर क्रमांक CG04AB1234 भी नहीं मिली। पड़ोसी द्वारा संदिग्ध व्यक्ति को क्षेत्र में घूमते देखा गया। '
  + 'रिपोर्ट पर अपराध धारा 303(2), 331(4) बीएनएस का घटित होना पाये जाने से पंजीबद्ध कर विवेचना में लिया गया।';

const address = (village) => ({ kind: 'present', address: { house: 'मकान 12', street: 'मुख्य मार्ग', village, subdistrict: 'पलारी',
  district: 'बलौदाबाजार-भाटापारा', state: 'chhattisgarh', pin: '493228' } });
const person = (name, relative, more = {}) => ({ name, relation: 'father', relative_name: relative, gender: 'male', age_kind: 'age',
  age_years: 34, occupation: 'farmer', addresses: [address('ग्राम संडी')], ...more });

const things = [
  { category: 'jewellery', description: 'सोने का मंगलसूत्र, काले मोती, लॉकेट पर ॐ अंकित', quantity: '1', unit: 'number', value: 6500000 },
  { category: 'vehicle', kind: 'motorcycle', description: 'काले रंग की हीरो स्प्लेंडर प्लस', value: 5500000, vehicle: { registration: 'CG04AB1234' } },
  { category: 'currency', description: 'नकद ₹500 के 50 नोट', value: 2500000 },
];

// Files the case; what was filed, by form, and the officers who filed it.
export async function printCase(world, { text = STORY } = {}) {
  const office = { court: world.officeOfKind(['court']), hospital: world.officeOfKind(['hospital']), laboratory: world.officeOfKind(['laboratory']) };
  const who = {};
  for (const role of ['sho', 'head_constable', 'malkhana_moharrir', 'io']) who[role] = await world.desk(role);
  for (const [role, place] of [['magistrate', 'court'], ['doctor', 'hospital'], ['lab_head', 'laboratory']])
    who[role] = await world.desk(role, office[place]);
  const paper = {};
  const file = async (desk, form, said, rest = {}) => { paper[form] = await desk.file(form, said, rest); return paper[form]; };
  const sho = who.sho;

  await file(who.head_constable, 'general_diary', { diary: { kind: 'information', happened_at: minutesAgo(40),
    subject: 'चोरी की सूचना', particulars: text.slice(0, 600) } });
  const fir = await file(sho, 'fir', {
    registration: { kind: 'ordinary' }, offences: [{ offence: 'BNS 303(2)' }, { offence: 'BNS 331(4)' }],
    information: { diary: paper.general_diary.id, kind: 'oral', received_at: minutesAgo(30), delay_reason: 'सुबह चोरी का पता चलने पर आसपास तलाश की।' },
    occurrence: { known: 'between', from: minutesAgo(700), to: minutesAgo(90), beat: '3', distance: '7.5', direction: 'north_east',
      place: { village: 'ग्राम संडी', locality: 'वार्ड 4', landmark: 'हनुमान मंदिर के पास', district: 'बलौदाबाजार-भाटापारा', state: 'chhattisgarh' } },
    complainant: { who: person('श्रीमती रामकली साहू', 'स्व. धनेश्वर साहू', { relation: 'husband', gender: 'female', age_years: 41, phones: ['+919812345678'],
      documents: [{ kind: 'voter', number: 'XYZ1234567' }] }), is_victim: true },
    victims: [{ who: person('श्रीमती रामकली साहू', 'स्व. धनेश्वर साहू', { gender: 'female', age_years: 41 }) }],
    accused: [{ who: person('बुधराम निषाद', 'रामाधार निषाद', { aliases: ['कल्लू'] }), suspected: true },
      { who: { name: 'अज्ञात' } }],
    property: things.map((item) => ({ item })), value: { total: 14500000 },
    contents: { text, language: 'hindi' },
    action: { kind: 'taken_up', officer: who.io.officer.officer, read_over: true, copy_given: true, copy_to: 'प्रार्थिया', copy_at: minutesAgo(0) },
    dispatch: { court: office.court },
  });
  const on = { case: fir.id };
  const seen = (await sho.get(`/api/v1/cases/${fir.id}`)).json;
  const accused = { ref: seen.parties.find((one) => one.role === 'accused' && one.name.startsWith('बुधराम')).person };
  const complainant = { ref: seen.parties.find((one) => one.role === 'complainant').person };

  await file(sho, 'arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: paper.general_diary.id, code: 'A1',
    place: { village: 'ग्राम संडी', district: 'बलौदाबाजार-भाटापारा', state: 'chhattisgarh' } },
  offences: [{ offence: 'BNS 303(2)' }], accused: { who: accused },
  grounds: { told: true, text: 'चोरी गई मोटरसाइकिल अभियुक्त के कब्जे से बरामद हुई; साक्ष्य नष्ट करने और फरार होने की संभावना है।', language: 'hindi' },
  kin: { name: 'रामाधार निषाद', relation: 'father', mode: 'phone', phone: '+919898989898', told_at: minutesAgo(0), right_told: true },
  body: { injuries: 'निरंक', examination_needed: true }, restraint: { handcuffed: false },
  witnesses: [{ who: person('मनहरण वर्मा', 'दुकालू वर्मा'), family: false }],
  search: [{ item: { category: 'electronics', description: 'पुराना मोबाइल फोन' }, receipt: true }] }, on);
  await file(sho, 'seizure', { seizure: { seized_at: minutesAgo(0), court: office.court, diary: paper.general_diary.id, nature: 'recovered',
    place: { village: 'ग्राम संडी', district: 'बलौदाबाजार-भाटापारा', state: 'chhattisgarh' },
    grounds: 'अभियुक्त के मेमोरेंडम कथन के आधार पर उसके घर के पीछे झाड़ियों से बरामद।', without_warrant: true, copy_given: true, sealed: true, seal: 'थाना पलारी' },
  holder: { who: accused, at_instance: true },
  witnesses: [{ who: person('मनहरण वर्मा', 'दुकालू वर्मा') }, { who: person('श्यामलाल ध्रुव', 'कृष्णा ध्रुव', { age_years: 52 }) }],
  items: [{ item: things[1], photographed: true, packet: 'अ', sealed: true }, { item: things[0], photographed: true, packet: 'ब', sealed: true }] }, on);
  const after = (await sho.get(`/api/v1/cases/${fir.id}`)).json;
  paper.things = after.property.filter((one) => one.id.startsWith(paper.seizure.id)).map((one) => one.id);
  const [bike, gold] = paper.things.map((ref) => ({ ref }));
  await file(who.malkhana_moharrir, 'malkhana_deposit', { deposit: { class: 'case_related', seizure: paper.seizure.id, deposited_by: sho.officer.officer, deposited_at: minutesAgo(0) },
    items: [{ item: bike, tag: 'MK-1', place: 'vehicles', rack: 'बाड़ा 2', seal: 'intact', seal_number: 'PLR-7' },
      { item: gold, tag: 'MK-2', place: 'valuables', rack: 'तिजोरी', seal: 'intact' }] }, on);
  await file(sho, 'medical_request', { request: { hospital: office.hospital, kind: 'arrested', sent_at: minutesAgo(0), history: 'गिरफ्तारी पश्चात सामान्य परीक्षण', questions: 'क्या शरीर पर कोई ताजी चोट है?' },
    person: { who: accused } }, on);
  await file(who.doctor, 'medico_legal_report', { report: { request: paper.medical_request.id, kind: 'arrested', arrived_at: minutesAgo(0), began_at: minutesAgo(0), ended_at: minutesAgo(0), sent_by_police: true, samples_taken: false },
    patient: { who: accused, marks: ['दाहिने हाथ पर तिल', 'माथे पर पुराना निशान'] }, consent: { state: 'given', by: 'स्वयं', at: minutesAgo(0) },
    history: { told: 'गिरफ्तारी के समय कोई चोट नहीं बताई।', told_by: 'स्वयं' },
    injuries: [{ serial: 1, site: 'बायाँ घुटना', length_cm: '2.5', width_cm: '1.0', duration: '24 घंटे के भीतर' }],
    opinion: { text: 'साधारण खरोंच, सख्त व भोथरी वस्तु से संभव।', doctor: 'डॉ. चंद्रिका ठाकुर', registration: 'CGMC-1234' } }, { ...on, to: [world.station] });
  await file(who.doctor, 'post_mortem_report', { deceased: { who: { name: 'अज्ञात पुरुष', gender: 'male' } },
    report: { doctors: ['डॉ. चंद्रिका ठाकुर, CGMC-1234', 'डॉ. विद्याधर सिंह, CGMC-4321'], carried_by: 'आरक्षक 212' } }, { ...on, to: [world.station] });
  await file(sho, 'laboratory_forwarding', { forwarding: { laboratory: office.laboratory, facts: text.slice(0, 400), parcels_count: 1, seal: 'थाना पलारी', sent_at: minutesAgo(0) },
    parcels: [{ item: gold, label: 'अ', questions: 'क्या धातु सोना है? शुद्धता क्या है?' }] }, on);
  await file(sho, 'recording', { recording: { started_at: minutesAgo(1), ended_at: minutesAgo(0), device: 'Mobile, IMEI 350000000000017' },
    certificate: { by: 'उपनिरीक्षक मोहन लाल', relative: 'किशन लाल', post: 'थाना पलारी', source: 'mobile', make: 'ABC 12', worked_well: true, algorithm: 'sha256' } }, on);
  await file(who.io, 'case_diary', { diary: { begun_at: minutesAgo(10), closed_at: minutesAgo(0), places: 'ग्राम संडी, घटनास्थल', text } , acts: [{ entry: paper.arrest.id }, { entry: paper.seizure.id }] }, on);
  await file(who.magistrate, 'summons', { summons: { kind: 'witness', form: 'paper', appear_at: minutesAgo(-14400), hide_victim: false },
    persons: [{ who: complainant, party: 'witness', party_number: 'W1' }] }, { ...on, to: [world.station] });
  await file(who.magistrate, 'warrant', { warrant: { kind: 'non_bailable', reason: 'समंस तामील होने पर भी अनुपस्थित' }, persons: [{ who: accused, party: 'accused', party_number: 'A1' }] },
    { ...on, to: [world.station] });
  await file(who.io, 'final_report', { report: { kind: 'charge_sheet', court: office.court, facts: text }, offences: [{ offence: 'BNS 303(2)' }, { offence: 'BNS 331(4)' }],
    complainant: { who: complainant },
    accused: [{ who: accused, offences: ['BNS 303(2)'], role: 'अभियुक्त ने रात्रि में घर में घुसकर चोरी की; संपत्ति उसके कब्जे से बरामद हुई।' }],
    witnesses: [{ who: complainant, evidence: ['complainant'] }, { who: person('मनहरण वर्मा', 'दुकालू वर्मा'), evidence: ['seizure'] }],
    property: [{ item: gold, register_number: 'MK-2' }] }, on);
  return { paper, who, office, case: fir.id };
}
