using System.CommandLine;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// A way to look at the screens of a host program's devices, if an option asks for it: VNC is always there, a web page where a program
/// gives <c>WebScreens</c> of Mdev.Sdk.Web to <see cref="MdevProgram"/>. The SDK's packages have them all.
/// </summary>
public abstract class HostExtension
{
    private protected HostExtension()
    {
    }

    /// <summary>What asks for it.</summary>
    internal abstract Option Option { get; }

    /// <summary>Starts it, before the first instance is made.</summary>
    /// <param name="options">What was parsed; the option is there.</param>
    /// <param name="host">Whose screens it shows.</param>
    /// <returns>Ends it.</returns>
    /// <exception cref="IOException">It cannot start; the text is for people.</exception>
    internal abstract IDisposable Start(ParseResult options, MdevHost host);

    /// <summary>Whether it was asked for.</summary>
    internal bool IsGiven(ParseResult options) => options.GetResult(Option) is { Implicit: false };
}
