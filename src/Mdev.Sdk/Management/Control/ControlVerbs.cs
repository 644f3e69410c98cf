using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control;

/// <summary>The commands that every host process knows.</summary>
internal static class ControlVerbs
{
    private static readonly ControlJson s_json = ControlJson.Default;

    public static ControlVerb<Nothing, ParentList> Parents { get; } = new("parents", s_json.Nothing, s_json.ParentList);

    public static ControlVerb<TypesArguments, TypeList> Types { get; } = new("types", s_json.TypesArguments, s_json.TypeList);

    public static ControlVerb<ListArguments, InstanceList> List { get; } = new("list", s_json.ListArguments, s_json.InstanceList);

    public static ControlVerb<CreateArguments, InstanceInfo> Create { get; } = new("create", s_json.CreateArguments, s_json.InstanceInfo);

    public static ControlVerb<RemoveArguments, Nothing> Remove { get; } = new("remove", s_json.RemoveArguments, s_json.Nothing);

    public static ControlVerb<AttributesArguments, AttributeList> Attributes { get; } =
        new("attributes", s_json.AttributesArguments, s_json.AttributeList);

    public static ControlVerb<SetArguments, Nothing> Set { get; } = new("set", s_json.SetArguments, s_json.Nothing);

    /// <summary>A stream.</summary>
    public static ControlVerb<Nothing, EventInfo> Events { get; } = new("events", s_json.Nothing, s_json.EventInfo);
}
