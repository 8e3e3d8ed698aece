package openapi

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// catalogRoutes are those that apps and the dashboard share.
func catalogRoutes() operations {
	ops := operations{}
	for route, op := range map[string]Operation{
		"POST /products":                                  {Summary: "Create a product", Body: takes(api.NewProduct{}, "name", "variants"), Answer: created(api.ProductDetail{})},
		"GET /products/{product_id}":                      {Summary: "Get a product with its variants", Answer: data(api.ProductDetail{}), Example: "/api/apps/v1/products/150"},
		"PUT /products/{product_id}":                      {Summary: "Change a product", Body: takes(api.ProductUpdate{}), Answer: data(api.ProductDetail{})},
		"DELETE /products/{product_id}":                   {Summary: "Delete a product", Answer: data(api.Deleted{})},
		"POST /products/{product_id}/variants":            {Summary: "Add a variant", Body: takes(api.VariantUpdate{}, "price"), Answer: created(api.Variant{})},
		"PUT /products/{product_id}/variants/{sku_id}":    {Summary: "Change a variant", Body: takes(api.VariantUpdate{}), Answer: data(api.Variant{})},
		"DELETE /products/{product_id}/variants/{sku_id}": {Summary: "Delete a variant", Answer: data(api.Deleted{})},
		"POST /products/{product_id}/images": {
			Summary: "Upload pictures", Answer: created([]api.ProductImage{}),
			Description: "multipart/form-data: 1 to 10 PNG, JPEG, WebP or GIF files of at most 5 MiB, each in a part named files.",
		},
		"GET /categories": {
			Summary: "List categories", Answer: listOf(api.Category{}),
			Query: paged(text("search", "Part of the name."), sorted("created_at", "updated_at", "name")),
		},
		"POST /categories":                 {Summary: "Create a category", Body: takes(api.CategoryInput{}, "name"), Answer: created(api.Category{})},
		"GET /categories/{category_id}":    {Summary: "Get a category", Answer: data(api.Category{})},
		"PUT /categories/{category_id}":    {Summary: "Change a category", Body: takes(api.CategoryInput{}), Answer: data(api.Category{})},
		"DELETE /categories/{category_id}": {Summary: "Delete a category that nothing is in", Answer: data(api.Deleted{})},
		"GET /inventory": {
			Summary: "List stock by product", Answer: listOf(api.InventoryItem{}),
			Query: paged(oneOf("status", "Only these.", "in_stock", "out_of_stock"), text("search", "Part of the name."), sorted("updated_at", "name", "total_quantity")),
		},
		"GET /inventory/{product_id}":         {Summary: "Get a product's stock by variant", Answer: data(api.InventoryDetail{})},
		"PUT /inventory/{product_id}":         {Summary: "Set a variant's stock", Body: takes(api.InventorySet{}, "quantity"), Answer: data(api.InventoryDetail{})},
		"POST /inventory/{product_id}/adjust": {Summary: "Adjust a variant's stock", Body: takes(api.InventoryAdjustment{}, "delta"), Answer: data(api.InventoryDetail{})},
	} {
		method, path, _ := strings.Cut(route, " ")
		ops = ops.both(method+" /api/apps/v1"+path, method+" /api/stores/{store_id}"+path, op)
	}
	return ops
}
