/** What programs are about: mail, money, media, maps, games, phones, machine learning, accessibility. */
export const DOMAINS = `
mail, email, e-mail, electronic mail ~ smtp, imap, inbox, newsletter, sendgrid, outlook, gmail, mailgun
send mail, email not sent, mail never arrives, email delivery ~ smtp, spam folder, dkim, spf, bounce, queue
newsletter, mailing list, mass mail, campaign ~ unsubscribe, subscriber, mailchimp
email template, mail layout, html mail ~ mjml, outlook, placeholder
chat, instant message, messaging, direct message, messenger ~ slack, discord, teams, telegram, matrix, whatsapp, irc
sms, text message, phone message ~ twilio, two factor, phone number
push notification, phone notification, notification on phone ~ fcm, apns, firebase, mobile
payment, pay, paid, checkout, money transfer, purchase, buy, bought ~ stripe, paypal, credit card, invoice, refund, apple pay
invoice, bill, billing, receipt ~ pdf, tax, subscription, payment
refund, money back, return payment, chargeback ~ payment, stripe, cancel
subscription, monthly plan, recurring payment, pricing plan, paid plan, premium ~ billing, stripe, trial, upgrade
free trial, trial, trial period ~ subscription, expire, upgrade
price, pricing, how much costs, cost, amount ~ currency, discount, tax
currency, money, dollar, euro, exchange rate ~ rounding, locale, price, decimal
tax, vat, sales tax ~ invoice, rate, checkout
discount, coupon, voucher, promo code, rebate ~ checkout, price, cart
shop, online shop, store, e-commerce, ecommerce, web shop ~ cart, checkout, shopify, woocommerce, magento, product
cart, shopping cart, basket, shopping bag ~ checkout, session, product
order, purchase order, ordered items ~ shipping, checkout, status, invoice
product, goods, merchandise ~ catalog, stock, sku, shop
inventory, stock, in stock, warehouse, sold out ~ product, order, quantity
shipping, delivery, parcel, shipment ~ tracking, address, order
address, postal address, street, zip code, postcode ~ form, autocomplete, geocode, country
booking, reservation, appointment, reserve ~ calendar, availability, double booking, slot
content management, cms, edit website content ~ wordpress, drupal, strapi, contentful, ghost
map, maps, city map, geographic ~ leaflet, mapbox, google maps, openstreetmap, marker, tile, zoom
location, position, gps, where am i, geolocation, nearby ~ latitude, longitude, map, permission
directions, route, way to, navigation ~ map, distance
image, picture, photo, photograph, pic, graphic ~ png, jpeg, webp, svg, gif, thumbnail, avif, heic, resize
thumbnail, small preview, preview image, miniature ~ image, resize, gallery, lazy load
gallery, photo album, slideshow, carousel, album ~ image, lightbox, thumbnail, swipe
vector graphic, svg, scalable graphic ~ icon, path, canvas, illustrator
crop, rotate image, image editing, edit picture ~ exif, orientation, resize, canvas
exif, photo rotated, image orientation, upside down ~ metadata, rotate, jpeg
image quality, image compression, optimize images, heavy images ~ webp, avif, lazy load, resize
camera, take photo, webcam, scan, scanner ~ permission, qr code, photo, video
qr code, barcode, scan code ~ camera, scanner, ticket
video, movie, clip, film ~ mp4, ffmpeg, codec, hls, player, subtitles, webm, youtube
player, playback, play video, media player, watch video ~ controls, autoplay, buffer, audio, hls
subtitles, captions, closed captions, subtitle ~ srt, vtt, video, accessibility
live stream, streaming video, broadcast ~ hls, rtmp, obs, webrtc
audio, sound, music, song, noise, hear ~ mp3, ogg, wav, volume, codec, playlist, microphone
volume, loudness, louder, quieter, too loud, no sound ~ audio, mute, slider
microphone, record voice, voice, speech, recording ~ audio, permission, speech to text, webrtc
speech to text, voice recognition, dictation, transcribe, transcription ~ whisper, microphone, subtitles
text to speech, read aloud, spoken, voice output ~ screen reader, tts, audio
codec, encode video, transcode, video conversion ~ ffmpeg, h264, av1, mp4
pdf, pdf file, portable document, acrobat ~ print, export, page, viewer, font
word document, docx, office document, word processor ~ microsoft office, libreoffice, odt, export
presentation, slides, slide deck, powerpoint ~ pptx, keynote, reveal.js, export
ocr, recognize text, text in image, scanned document ~ tesseract, pdf, image
latex, formula, equation, math notation, mathematical ~ katex, mathjax, tex, pdf
diagram, flow chart, drawing, sketch, uml ~ mermaid, graphviz, plantuml, excalidraw, svg
canvas, drawing surface, draw on, whiteboard, paint ~ webgl, svg, stroke, brush
3d, three dimensional, 3d model, mesh, scene ~ webgl, three.js, opengl, blender, vulkan, shader
game, video game, play, player ~ unity, unreal, godot, level, sprite, score, multiplayer
frame rate, fps, frames per second, stutter, choppy, jerky, not smooth, jank ~ render, vsync, gpu, performance
sprite, texture, game graphics, artwork ~ atlas, image, shader, asset
shader, graphics effect, lighting, shadow ~ glsl, gpu, opengl, vulkan
collision detection, bump into, walk through walls, hit box, physics ~ physics engine, hitbox, raycast
enemy, opponent, npc, monster ~ pathfinding, game ai, spawn
pathfinding, find way, shortest path ~ a star, graph, navmesh, dijkstra
save game, saved progress, load game, savegame ~ checkpoint, persist, cloud save
controller, gamepad, joystick, game pad ~ input, button, vibration
multiplayer, play together, online game, lobby ~ server, matchmaking, latency, sync
score, points, high score, leaderboard ~ rank, game, achievement
achievement, reward, trophy, gamification ~ badge, score, level
character, hero, player figure ~ sprite, animation, inventory
android, google phone ~ kotlin, apk, gradle, play store, activity, jetpack compose, samsung
ios, iphone, ipad, apple phone ~ swift, xcode, app store, swiftui, testflight
mobile framework, cross platform mobile ~ react native, flutter, expo, ionic, capacitor, cordova
rotate screen, screen orientation, landscape, portrait, turn phone ~ layout, orientation, tablet, configuration change
app in background, switch apps, minimized app, backgrounded ~ lifecycle, suspend, push notification
on screen keyboard, virtual keyboard, soft keyboard, phone keyboard ~ viewport, input, ime
notch, safe area, rounded corners, status bar overlap ~ inset, iphone, layout
vibrate, haptic, haptics, vibration ~ mobile, feedback
wear, smart watch, smartwatch, apple watch ~ wear os, complication
accessibility, a11y, disabled people, impaired, barrier free, handicapped ~ screen reader, aria, wcag, contrast, keyboard navigation
screen reader, blind users, read out loud, visually impaired, blind ~ aria, nvda, voiceover, talkback, alt text, jaws
alt text, image description, alternative text ~ accessibility, screen reader, image
aria, accessible name, aria label, accessibility label ~ screen reader, role, button
contrast, hard to see, too light, too pale, low contrast, poorly visible ~ wcag, color, theme, accessibility
color blind, colour blind, color blindness, red green ~ palette, contrast, accessibility
keyboard navigation, without mouse, only with keyboard, keyboard only, keyboard accessible ~ tab order, focus, accessibility, shortcut
reduced motion, motion sickness, disable animations ~ animation, prefers reduced motion
artificial intelligence, ai, machine intelligence, smart assistant ~ llm, machine learning, model, gpt
language model, llm, large language model, chatbot ~ gpt, claude, openai, anthropic, gemini, llama, mistral, ollama, prompt
ai assistant, coding assistant, copilot, coding agent, ai tool ~ claude code, cursor, codex, aider, agent, prompt
agent, autonomous agent, ai agent, ai worker ~ tool call, llm, mcp, orchestration, subagent
several agents, agents in parallel, multi agent, many agents ~ orchestration, claim, worktree, coordination
prompt, system prompt, instruction to model, what model told ~ template, llm, context, few shot
tool call, tool use, function calling, mcp, model context protocol ~ agent, llm, schema, mcp server
context window, context length, prompt too long, token limit, tokens ~ llm, truncate, compaction, summary
hallucination, made up answer, invented facts, makes things up ~ llm, grounding, retrieval
token usage, token cost, model cost, cost of ai ~ llm, budget, cache
retrieval, rag, retrieval augmented, answer from documents ~ embedding, vector database, search, chunk
embedding, vector, semantic search, search by meaning, meaning search, similarity search ~ cosine, vector database, faiss, pgvector, onnx
model, trained model, weights, neural network ~ checkpoint, inference, pytorch, onnx, quantized, hugging face
machine learning, ml, deep learning, neural network ~ pytorch, tensorflow, scikit-learn, training, keras, jax
training, train model, learn from data, fine tune, fine tuning ~ epoch, gradient, dataset, checkpoint, loss, overfitting, gpu
inference, prediction, run model, predict ~ model, latency, gpu, batch, onnx
dataset, training data, corpus, data collection ~ label, split, annotation, hugging face
evaluate model, model quality, accuracy, precision recall, model score ~ benchmark, metric, confusion matrix, f1
overfitting, loss, does not learn, not converge, diverges ~ gradient, learning rate, training
classification, classify, sort into categories, categorization ~ label, model, accuracy
recommendation, recommend, suggested items, you may like ~ ranking, personalization, similar
notebook, jupyter, jupyter notebook, interactive notebook ~ ipynb, colab, cell, kernel, pandas
tensor, array computing, matrix, matrices, numpy ~ shape, broadcast, gpu, dtype
computer vision, image recognition, object detection, face recognition ~ opencv, yolo, camera, model
robot, robotics, drone ~ ros, sensor, motor, simulation
blockchain, crypto currency, cryptocurrency, bitcoin, ethereum ~ wallet, smart contract, solidity, token
health data, medical, patient, hospital ~ hipaa, fhir, privacy
school, student, course, learning, lesson, teacher ~ quiz, lms, moodle, grade
social network, social media, followers, friends, timeline feed ~ twitter, facebook, mastodon, activitypub, post
forum, community, discussion board ~ discourse, thread, moderation
contact, contacts, address book, phone book ~ vcard, import, crm
crm, customer management, sales leads ~ salesforce, hubspot, contact, pipeline
event, calendar entry, appointment, meeting ~ ical, google calendar, invite, reminder
advertisement, ads, ad, banner ad ~ tracking, ad blocker, campaign
ab test, a/b test, experiment, try two versions ~ feature flag, variant, statistics
personalize, personalization, tailored, individual settings ~ preference, recommendation, profile
simulation, simulate, model reality ~ physics, random, step
weather, forecast, temperature ~ api, location, unit
`
