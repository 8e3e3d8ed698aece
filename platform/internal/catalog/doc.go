// Package catalog keeps what a store sells: products, their variants with
// prices and stock, and the pictures of the demo products and apps.
//
// Every product has at least one variant, exactly one of them the default.
// Stock is counted per variant and never falls below zero. What is deleted
// stays as a row, since orders name it, and is seen by nobody.
//
// Writes hold the store's catalogue (lock), so that slugs and codes that were
// free stay free; what is deleted gives them up. Stock does not wait for that:
// TakeStock and ReturnStock join the transaction of an order, lock the variants
// in the order of their ids and change them by guarded updates, all or none.
//
// Events: product.created, product.updated (of variants too) and
// product.deleted; inventory.updated when the quantity of a variant that was
// there before changes, and inventory.low when it falls below 5. A change of
// stock alone is no product.updated, though it moves the product's updated_at.
//
// Pictures that were uploaded are rows, named by the hash of store and content,
// so they never change. The demo's are drawn: a file name such as
// "bouquet-rose.svg" names a motif of the folder motif and a palette of
// palette.go.
package catalog
