// Emoji that a dance studio's desk needs, with the words they are found by.

const lines = `
😀 grin happy
😄 smile happy
😁 beam
😂 joy laugh tears
🤣 rolling laugh
😊 blush smile
🙂 slight smile
😉 wink
😍 heart eyes love
🥰 in love hearts
😘 kiss
😋 yum
😜 tongue wink
🤗 hug
🤔 thinking
🤩 star struck
😎 cool sunglasses
🥳 party celebrate
😏 smirk
😌 relieved
😴 sleep
😅 sweat smile
😇 angel
🙃 upside down
😐 neutral
😬 grimace
🙄 roll eyes
😮 surprised wow
😢 sad cry
😭 sob cry
😤 huff
😡 angry
🤯 mind blown
😱 scream
🥺 pleading
😔 sad pensive
😕 confused
🤒 sick ill
🤕 hurt injury
🤧 sneeze cold
🤞 fingers crossed luck
👍 thumbs up yes
👎 thumbs down no
👌 ok
✌️ peace victory
👏 clap bravo
🙌 hands up hooray
🙏 thanks please pray
👋 wave hello bye
🤝 handshake deal
💪 strong muscle
✍️ write
👀 eyes look
👉 point right
👇 point down
☝️ point up
❤️ heart red love
🧡 heart orange
💛 heart yellow
💚 heart green
💙 heart blue
💜 heart purple
🖤 heart black
🤍 heart white
💖 sparkling heart
💕 two hearts
💔 broken heart
💯 hundred perfect
✨ sparkles
⭐ star
🌟 glowing star
🔥 fire hot
🎉 party popper celebrate
🎊 confetti
🎈 balloon
🎁 gift present
🏆 trophy
🥇 gold medal first
💃 dance woman
🕺 dance man
🩰 ballet shoes pointe
👯 dancers
🎭 theatre stage
🎶 music notes
🎵 music note
🎤 microphone
🎧 headphones
🎬 film clapper
🎟️ ticket
👟 shoe sneaker
👗 dress costume
👶 baby
👧 girl
👦 boy
👩 woman
👨 man
👪 family
🧒 child kid
🏫 school
🏠 house home
📍 pin place location
🗺️ map
🚗 car
🅿️ parking
🚌 bus
📅 calendar date
🗓️ calendar plan
⏰ alarm time
⌛ hourglass wait
🕐 one o'clock
🕔 five o'clock
🕖 seven o'clock
📞 phone call
📱 mobile phone
💬 speech chat
📧 e-mail mail
📎 paperclip
📄 page document
📝 memo form sign
📷 camera photo
🎥 video camera
🖼️ picture
💳 card pay
💶 euro money
💵 dollar money
💷 pound money
🧾 receipt invoice
🏷️ tag price
✅ check yes done
✔️ check mark
❌ cross no
❗ exclamation
❓ question
⚠️ warning
ℹ️ info
🔔 bell reminder
🔗 link
🔑 key
🆓 free
🆕 new
☀️ sun
🌙 moon
🌈 rainbow
☔ rain umbrella
❄️ snow
🌸 blossom
🌻 sunflower
🎄 christmas tree
🎃 halloween pumpkin
🎂 cake birthday
☕ coffee
🍕 pizza
🍎 apple
💧 water drop
🐶 dog
🐱 cat
🦄 unicorn
🦋 butterfly
🌍 world earth
🚀 rocket
👑 crown
💎 gem
🎀 ribbon bow
`

export const emoji: readonly { emoji: string; words: string }[] = lines.trim().split('\n').map(line => {
  const gap = line.indexOf(' ')
  return { emoji: line.slice(0, gap), words: line.slice(gap + 1) }
})
