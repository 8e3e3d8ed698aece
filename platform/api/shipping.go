package api

// ShippingZone is a part of the country with shipping methods of its own.
type ShippingZone struct {
	ZoneID    int64            `json:"zone_id"`
	StoreID   int64            `json:"store_id"`
	Name      string           `json:"name"`
	Cities    []string         `json:"cities"` // empty: everywhere that no other zone names
	Methods   []ShippingMethod `json:"methods"`
	CreatedAt Time             `json:"created_at"`
	UpdatedAt Time             `json:"updated_at"`
}

// ShippingZoneInput is the body of POST /api/apps/v1/shipping/zones and of PUT
// /api/apps/v1/shipping/zones/{zone_id}. What is left out stays as it is.
type ShippingZoneInput struct {
	Name   Change[string]   `json:"name,omitzero"`   // 1 to 100 characters, once in a store
	Cities Change[[]string] `json:"cities,omitzero"` // at most 100; a city belongs to one zone
}

// ShippingMethod is one way to ship within a zone.
type ShippingMethod struct {
	MethodID      int64  `json:"method_id"`
	ZoneID        int64  `json:"zone_id"`
	StoreID       int64  `json:"store_id"`
	Name          string `json:"name"`
	Price         Money  `json:"price"`
	FreeFrom      *Money `json:"free_from"`      // goods of this value or more ship for nothing
	EstimatedDays *int64 `json:"estimated_days"` // from shipping to the door
	IsActive      Flag   `json:"is_active"`
	CreatedAt     Time   `json:"created_at"`
	UpdatedAt     Time   `json:"updated_at"`
}

// ShippingMethodInput is the body of POST /api/apps/v1/shipping/methods and of
// PUT /api/apps/v1/shipping/methods/{method_id}. What is left out has its
// default, or stays as it is.
type ShippingMethodInput struct {
	ZoneID        Change[int64]  `json:"zone_id,omitzero"`
	Name          Change[string] `json:"name,omitzero"` // 1 to 100 characters
	Price         Change[Money]  `json:"price,omitzero"`
	FreeFrom      Change[Money]  `json:"free_from,omitzero"`
	EstimatedDays Change[int64]  `json:"estimated_days,omitzero"` // 0 to 365
	IsActive      Change[Flag]   `json:"is_active,omitzero"`      // 1, the default
}
