// Command sampleapp runs Restock, a sample app for SeloraX stores.
package main
