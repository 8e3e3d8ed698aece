// Package phone knows Bangladeshi mobile numbers.
package phone
