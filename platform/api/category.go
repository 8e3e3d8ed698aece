package api

// Category is a shelf of a store's catalogue. It may stand within another.
type Category struct {
	CategoryID int64  `json:"category_id"`
	StoreID    int64  `json:"store_id"`
	Name       string `json:"name"`
	Slug       string `json:"slug"`
	ParentID   *int64 `json:"parent_id"`
	CreatedAt  Time   `json:"created_at"`
	UpdatedAt  Time   `json:"updated_at"`
}

// CategoryInput is the body of a category's POST and PUT. A new one needs its
// name; an update leaves as it is what is left out.
type CategoryInput struct {
	Name     Change[string] `json:"name,omitzero"` // 1 to 255 characters
	Slug     Change[string] `json:"slug,omitzero"` // made of the name unless it is given
	ParentID Change[int64]  `json:"parent_id,omitzero"`
}
