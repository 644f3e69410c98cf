namespace Mdev.Sdk.Display.Rfb;

/// <summary>A viewer sent what is no RFB, or what the server does not serve: the end of its connection.</summary>
/// <param name="message">Why, for a log: the end of a sentence about the viewer.</param>
internal sealed class RfbException(string message) : Exception(message);
