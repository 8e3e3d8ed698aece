// Package metafield keeps what apps remember about a store's records.
//
// An app defines a metafield once, by namespace and key, for one type of
// record and one type of value. Then it may keep one value with each such
// record of each store it is installed on. Neither other apps nor other stores
// see it. Values outlive an uninstall, so that a reinstalled app finds its
// own; deleting a definition deletes its values in every store.
package metafield
