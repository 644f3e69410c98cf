using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Hosting;

/// <summary>What hosts log; event ids 300 to 399, none ever used twice.</summary>
internal static partial class HostLog
{
    [LoggerMessage(310, LogLevel.Information, "Parents {Parents} are served below {Directory}, with {Devices} devices.")]
    public static partial void Started(ILogger logger, string parents, string directory, int devices);

    [LoggerMessage(311, LogLevel.Warning,
        "The tree of {Parent} is not served, so mdevctl and lspci do not see it; all else is. {Reason}")]
    public static partial void NoTree(ILogger logger, string parent, string reason);

    [LoggerMessage(312, LogLevel.Information, "Stopping: the clients of {Devices} devices are asked to let go, for {Seconds} s.")]
    public static partial void Draining(ILogger logger, int devices, double seconds);

    [LoggerMessage(313, LogLevel.Warning, "{Device}: its client has not let go and is turned away. {Reason}")]
    public static partial void TurnedAway(ILogger logger, Guid device, string reason);

    [LoggerMessage(314, LogLevel.Error, "{Count} devices, {Device} among them, did not end within {Seconds} s; they are left behind.")]
    public static partial void LeftBehind(ILogger logger, int count, Guid device, double seconds);

    [LoggerMessage(315, LogLevel.Critical,
        "{Device}: its code has not returned for {Seconds} s; systemd gets no sign of life any more, and ends the process.")]
    public static partial void Stuck(ILogger logger, Guid device, double seconds);

    [LoggerMessage(316, LogLevel.Warning, "{Parent}: not published, so that no tool finds it: {Reason}")]
    public static partial void NotPublished(ILogger logger, string parent, string reason);
}
