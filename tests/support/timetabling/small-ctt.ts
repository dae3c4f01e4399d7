// A small course timetabling instance of our own making, in the competition's format.
export const smallCtt = `Name: Small
Courses: 6
Rooms: 2
Days: 3
Periods_per_day: 4
Curricula: 3
Constraints: 4

COURSES:
anatomy reed 3 3 28
ballet reed 2 2 20
choreography silva 3 2 31
drama okafor 2 2 12
eurhythmics silva 2 1 9
flamenco moreno 3 2 16

ROOMS:
hall 30
loft 18

CURRICULA:
first 3 anatomy ballet drama
second 2 choreography flamenco
third 3 anatomy eurhythmics flamenco

UNAVAILABILITY_CONSTRAINTS:
anatomy 0 0
choreography 1 3
flamenco 2 0
drama 2 3

END.
`
