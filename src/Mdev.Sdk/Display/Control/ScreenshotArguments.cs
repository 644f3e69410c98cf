namespace Mdev.Sdk.Display.Control;

/// <summary>What <c>screenshot</c> takes.</summary>
/// <param name="Uuid">The instance.</param>
internal sealed record ScreenshotArguments(Guid Uuid);
