using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Display.Screens;

/// <summary>What screens log; event ids 800 to 819, none ever used twice.</summary>
internal static partial class ScreenLog
{
    [LoggerMessage(800, LogLevel.Warning, "{Device}: no picture: {Reason}.")]
    public static partial void NoPicture(ILogger logger, Guid device, string reason);

    [LoggerMessage(801, LogLevel.Error, "{Device}: what the screen shows threw.")]
    public static partial void ScanoutThrew(ILogger logger, Exception exception, Guid device);

    [LoggerMessage(802, LogLevel.Error, "{Device}: the handler of a key or of the pointer threw.")]
    public static partial void InputThrew(ILogger logger, Exception exception, Guid device);
}
