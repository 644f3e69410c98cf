using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>What the tree logs; event ids 720 to 739, none ever used twice.</summary>
internal static partial class TreeLog
{
    [LoggerMessage(720, LogLevel.Warning, "{Device}: the link {Path} cannot be made: {Error}. Tools do not find the instance there.")]
    public static partial void NoLink(ILogger logger, Guid device, string path, Errno error);

    [LoggerMessage(721, LogLevel.Warning, "{Device}: all PCI addresses of domain 10000 are taken; lspci does not show it.")]
    public static partial void NoAddress(ILogger logger, Guid device);
}
