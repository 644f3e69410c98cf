using System.Text.Json.Serialization.Metadata;

namespace Mdev.Sdk.Management.Control;

/// <summary>A command of the control protocol as both ends know it: its name, what it takes and what it gives.</summary>
/// <param name="Name">What the request says: <c>{"command":"NAME","arguments":{…}}</c>.</param>
/// <param name="Arguments">How its arguments are read and written.</param>
/// <param name="Answer">How its answer is, or each item of its stream.</param>
internal sealed record ControlVerb<TArguments, TAnswer>(
    string Name, JsonTypeInfo<TArguments> Arguments, JsonTypeInfo<TAnswer> Answer)
    where TArguments : class
    where TAnswer : class;
