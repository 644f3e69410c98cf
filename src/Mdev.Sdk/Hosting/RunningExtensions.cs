using System.CommandLine;

namespace Mdev.Sdk.Hosting;

/// <summary>The extensions that a host program's options asked for, from their start to their end.</summary>
internal sealed class RunningExtensions : IDisposable
{
    private readonly List<(HostExtension Extension, IDisposable Running)> _extensions = [];

    /// <summary>Starts what was asked for, or nothing.</summary>
    /// <exception cref="IOException">One cannot start.</exception>
    public static RunningExtensions Start(IEnumerable<HostExtension> extensions, ParseResult options, MdevHost host)
    {
        var all = new RunningExtensions();
        try
        {
            foreach (HostExtension extension in extensions.Where(e => e.IsGiven(options)))
                all._extensions.Add((extension, extension.Start(options, host)));
            return all;
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    /// <summary>Finds that the instances of a program that makes no others have screens.</summary>
    /// <exception cref="MdevException">They have none.</exception>
    public void RequireScreens(MdevHost host)
    {
        if (_extensions.Count > 0 && host.Screens.All.Count == 0)
        {
            throw new MdevException(Errno.ENODEV,
                $"{_extensions[0].Extension.Option.Name} shows screens, and {host.Bus.Instances[0].Type.Id} has none.");
        }
    }

    public void Dispose()
    {
        foreach ((_, IDisposable running) in _extensions)
            running.Dispose();
    }
}
