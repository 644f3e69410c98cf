using Xunit.Abstractions;
using Xunit.Sdk;

namespace Mdev.Devices.Bridge.Tests;

/// <summary>
/// The tests as a program, for a guest that has nothing to run tests with: <c>Mdev.Devices.Bridge.Tests [TEXT]...</c> runs those whose name
/// has one of the texts, all without any. Each is a line "ok NAME" or "failed NAME: why"; the status is 0 if none failed, and 1 else.
/// </summary>
internal static class Program
{
    public static int Main(string[] texts)
    {
        using var results = new Results(texts);
        var options = new FrameworkOptions();
        using var framework = new XunitTestFramework(results);
        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(typeof(Program).Assembly));
        discoverer.Find(includeSourceInformation: false, results, options);
        results.Discovered.Wait();

        using ITestFrameworkExecutor executor = framework.GetExecutor(typeof(Program).Assembly.GetName());
        executor.RunTests(results.Wanted, results, options);
        results.Run.Wait();
        return results is { Failed: 0, Passed: > 0 } ? 0 : 1;
    }
}
