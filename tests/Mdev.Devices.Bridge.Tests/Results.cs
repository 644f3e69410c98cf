using Xunit.Abstractions;
using Xunit.Sdk;

namespace Mdev.Devices.Bridge.Tests;

/// <summary>Collects the tests that are wanted, and says what becomes of them.</summary>
/// <param name="texts">Tests whose name has one of these; all if there are none.</param>
internal sealed class Results(string[] texts) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly List<ITestCase> _wanted = [];

    public IReadOnlyList<ITestCase> Wanted => _wanted;

    public ManualResetEventSlim Discovered { get; } = new();

    public ManualResetEventSlim Run { get; } = new();

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage { TestCase: var found }:
                if (texts.Length == 0 || texts.Any(text => found.DisplayName.Contains(text, StringComparison.Ordinal)))
                    _wanted.Add(found);
                break;
            case IDiscoveryCompleteMessage:
                Discovered.Set();
                break;
            case ITestPassed { Test.DisplayName: var name }:
                Passed++;
                Say($"ok {name}");
                break;
            case ITestSkipped skipped:
                Say($"skipped {skipped.Test.DisplayName}: {skipped.Reason}");
                break;
            case ITestFailed failed:
                Fail(failed.Test.DisplayName, failed);
                break;
            case ITestCleanupFailure failed:
                Fail(failed.Test.DisplayName, failed);
                break;
            case ITestAssemblyFinished:
                Run.Set();
                break;
        }
        return true;
    }

    public void Dispose()
    {
        Discovered.Dispose();
        Run.Dispose();
    }

    private void Fail(string name, IFailureInformation failure)
    {
        Failed++;
        Say($"failed {name}: {string.Join(" | ", failure.Messages).ReplaceLineEndings(" ")}\n{string.Join('\n', failure.StackTraces)}");
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
