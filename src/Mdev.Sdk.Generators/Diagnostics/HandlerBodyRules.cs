using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV4nn: what handlers do, and methods that nothing runs.</summary>
internal static class HandlerBodyRules
{
    public static readonly DiagnosticDescriptor Unbound = Rule.Warning(
        "MDEV404",
        "The method looks like a handler and nothing runs it",
        "'{0}' has the name and the shape of a handler, and nothing runs it; put {1} on it, or give it another name");

    public static readonly DiagnosticDescriptor Blocks = Rule.Warning(
        "MDEV406",
        "A handler waits",
        "'{0}' waits, and '{1}' runs it while the guest's processor stands still; leave it to a thread of the device");

    public static readonly DiagnosticDescriptor Recurses = Rule.Warning(
        "MDEV408",
        "A handler accesses its own block as the guest does",
        "'{0}' is the guest's way in and runs handlers, and '{1}' is run by one; use the register's property");

    public static readonly DiagnosticDescriptor AsksClient = Rule.Error(
        "MDEV410",
        "A handler asks the client for guest memory",
        "'{0}' may have to ask the client, which answers nothing before '{1}' has returned; use {2}, or post asynchronous work");
}
