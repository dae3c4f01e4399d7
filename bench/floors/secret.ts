// The app secret all floors verify webhooks with.
export const FLOOR_SECRET = 'bench-floor-app-secret'
